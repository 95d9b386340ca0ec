//! Given names that lean to "she" or to "he", of many countries: a hint for pronouns, never said of anybody.

use std::collections::HashSet;
use std::sync::OnceLock;

const SHE: &str = "mary anna anne ann maria marie elizabeth elisabeth sarah sara susan susanna susanne karen nancy \
lisa betty margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie \
rebecca sharon laura cynthia kathleen amy angela shirley brenda pamela emma nicole helen samantha katherine \
catherine christine debra rachel carolyn janet virginia heather diane julie joyce victoria kelly christina \
joan evelyn lauren judith olivia frances martha cheryl megan andrea hannah jacqueline gloria teresa theresa \
kathryn doris jean alice julia judy sophia grace denise amber marilyn beverly danielle isabella diana natalie \
brittany charlotte kayla alexis lori rosamund rose ruby ida edith ethel agnes hilda ingrid astrid sigrid \
solveig ragnhild kirsten kirsty kristin kirstin karin birgit birgitta brigitte ulla ulrike ursula uta ute \
heike heidi anke antje annegret annette bettina claudia daniela doro dorothea elke eva franziska gabriele \
gerda gisela greta gudrun hanna hannelore helga helene inge jana johanna jutta karla kathrin katja katrin \
lena liesel lotte luise manuela marlene martina mathilde monika nadine nina petra regina renate rosa ruth \
sabine sandra silke simone sophie stefanie steffi svenja tanja ulla vera verena wiebke aurelie amelie agathe \
beatrice benedicte brigitte camille caroline cecile celine chantal chloe clemence colette constance corinne \
delphine dominique elodie eloise estelle florence francoise genevieve ghislaine helene isabelle jeanne \
josephine josee juliette laure laurence lea louise lucie madeleine manon margaux margot marguerite marianne \
marine martine mathilde melanie mireille monique muriel nathalie noemie odette odile pascale pauline rolande \
sandrine simone solange suzanne sylvie therese valerie veronique virginie viviane yvette yvonne adriana \
alejandra alicia amparo ana angelica araceli beatriz belen blanca carla carmen carolina catalina cecilia \
concepcion consuelo cristina dolores elena elisa elvira ester esther eugenia eva fatima fernanda francisca \
gabriela gloria graciela guadalupe guillermina ines inmaculada irene isabel josefa juana julia laura leticia \
lola lorena lourdes lucia luisa luz macarena magdalena manuela marcela margarita mariana maribel marina \
maritza marta martina matilde mercedes milagros miriam monica montserrat natalia nieves noelia nuria olga \
paloma paola patricia paula paz pilar raquel rita rocio rosa rosario sandra silvia sofia sonia soledad susana \
tamara valentina valeria vanesa veronica violeta virginia ximena yolanda yesenia adelaide alessandra alessia \
anita antonella antonia arianna barbara benedetta bianca camilla carlotta chiara claudia cristiana daniela \
donatella elena eleonora elisabetta emanuela federica flavia francesca fulvia gaia gianna ginevra giorgia \
giovanna giulia giuliana giuseppina ilaria ivana letizia lidia livia lorenza luciana lucrezia maddalena mara \
mariangela martina michela nicoletta ornella paola patrizia raffaella renata roberta rosanna sabrina serena \
silvana simona stefania teresa tiziana vittoria agnieszka aleksandra alina anastasia beata bozena danuta \
dominika dorota elzbieta ewa galina halina irena irina iwona jadwiga jelena jekaterina ekaterina joanna \
jolanta justyna kamila karolina katarzyna kinga krystyna ksenia larisa larysa lidia ljubica ljudmila \
ludmila malgorzata marija mariya marta marzena milena mirjana monika nadezhda nadia natalia natalya natasa \
natasha oksana olena olga olha paulina renata sofiya stanislava svetlana tamara tatiana tatjana tatyana \
teodora urszula vesna viktoria wanda yelena yulia yuliya zofia zora zuzana andreea anca camelia corina \
elena ileana ioana iulia loredana mihaela mirela monica oana raluca ramona roxana simona stefania viorica \
agneta aino anja anneli annika anniken berit birgitte bodil brit britt camilla charlotte dagny ebba ellen \
elin elsa else emilie erna eva frida freja gro gunilla gunvor hanne hege helle henriette hjordis inga inger \
ingeborg johanne kaisa kaija kari karoline katarina kerstin kine kjersti lene line linn linnea lisbeth liv \
lone maija maj maja malin mari marit marita mette minna monica nanna oda onerva pernille pia ragna randi \
ritva rikke sanna signe siri siv sofie stina sunniva synnove thea tove trine tuula turid unni vibeke \
aaliyah aisha aicha amal amina aminata asma asmaa ayse aysel aysegul azra basma bushra dalia dina elif emine \
esra fadwa faiza farah farida fatema fatima fatimah fatma fatou fatoumata gulsum habiba hafsa hala halima \
hana hanan hatice hayat hind huda iman jamila khadija kubra laila lamia latifa layla leila lina lubna maha \
malak malika mariam marwa maryam maysa meryem mona muna nabila nada nadia najat nasrin nawal nesrin noor noura \
nour nura parisa rabia rana rania rasha reem rima roya safiya salma samar samia samira sana sawsan selma \
sevgi shirin soraya suad sumaya tahani wafa warda yasmin yasmina yasmine zahra zainab zaynab zehra zeynep \
aarti aditi alka amrita ananya anita anjali anju anuradha aparna archana asha bhavna chitra deepa deepika \
devi devyani divya gayatri geeta gita hema indira ishita jaya jyoti kalpana kamala kavita kiran komal lakshmi \
lalita lata leela madhuri mala malini manisha manju meena meenakshi meera mira naina namrata nandini neelam \
neha nirmala nisha pallavi pooja poonam prachi pratibha preeti priya priyanka radha rajni rani rashmi reena \
rekha renu ritu roshni rupa sadhana sangeeta sarita sarojini savita savitri seema shanta shanti sharmila \
shilpa shobha shreya shweta sita smita sneha sonal sudha sujata suman sunita sushma swati tara uma usha vandana \
varsha vidya vimala yamini abena adaeze adaora adwoa ama amaka amara awa ayesha busisiwe chiamaka chidinma \
chinwe fanta folasade funmilayo ifeoma khadijatou kemi lerato lindiwe mariama nakato naledi neema ngozi \
nomsa nomvula nokuthula oluwakemi oumou patience philippa precious refilwe rokhaya sibongile temitope thandeka \
thandiwe thembi tendai uchenna wanjiku wangari yetunde zanele zodwa akiko asuka atsuko ayumi chie chiyo emi \
emiko eri etsuko fumiko hanako haruka haruko hiroko hitomi izumi junko kana kaori kayo kazuko keiko kumi kumiko \
mai maki mami mariko masako mayumi megumi michiko mie miho mika miki misaki miyuki momoko nanako naoko natsuki \
natsuko noriko reiko rie rika risa ryoko sachiko saki sakura satoko sayaka sayuri setsuko shizuka shoko sumiko \
tomoko tomomi yasuko yoko yoshiko yui yuka yukari yuki yukiko yuko yumi yumiko yuriko bridget aoife aisling \
bronagh bronwyn caoimhe caoilfhionn ciara clodagh deirdre eilidh eimear eithne fiona fionnuala grainne isla \
mairead mhairi morag niamh nuala oonagh orla rhiannon roisin saoirse shauna sheila siobhan sinead sian una \
carys cerys ffion gwen megan nerys angharad abigail alison amelia annabel audrey barbara brenda bridie celia \
clare claire cleo daisy daphne dawn edna eileen elaine eleanor ella ellen elsie erica erin esme eve faye felicity \
fenella flora freya gail gemma georgia georgina geraldine gillian gina gwendolyn harriet hazel hilary holly \
imogen irene iris isobel ivy jackie jane janice jasmine jenna jennifer jenny jess jessica jill jo joanna joanne \
jocelyn josie joy kate katie kay kim kirsty kitty lana leah leanne lily linda lois lorna lorraine louisa lucy \
lydia lynn lynne mabel maggie maisie mandy marcia marian marion marjorie maureen maxine may mia mildred millicent \
minnie miranda moira molly muriel myra naomi nell nora norah norma olive pamela patsy patty paula pearl peggy \
penelope penny phoebe phyllis polly poppy priscilla prudence rachael ramona rhoda rosalind rosemary rosie roxanne \
sally scarlett selina sheena shelley sherry stella sue susie suzie sylvia tabitha tammy tara tessa thelma tina \
tracey tracy trudy una ursula verna vicky viola vivian vivien wendy wilma winifred yvonne zoe zara dee";

const HE: &str = "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony \
mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob \
gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond \
patrick jack dennis jerry tyler aaron jose adam henry nathan douglas zachary peter kyle walter ethan jeremy \
harold keith christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan \
billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell elijah louis bobby \
philip phillip johnny alasdair alastair alistair angus archie barry basil ben bernard bert bill bob brendan bryn \
callum calum cameron cecil clarence clifford clive clyde colin conor cormac craig cyril damian damien darren dave \
declan derek dermot desmond dick dominic doug duncan dunstan edgar edmund edwin eamon eoin ernest evan euan ewan \
fergus finlay francis fred freddie frederick gareth gavin gearoid geoff geoffrey gethin giles glen glyn gordon \
graham graeme grant greg guy hamish harry harvey hector hedley herbert horace howard hugh hugo hywel iain ian idris \
ifor irvine isaac ivan ivor jasper jeff jim jimmy joel jonas jonny julian ken kenny kieran lachlan lance laurie leo \
leon leonard leslie lewis liam lloyd luke malachy malcolm martin marvin maurice max melvin mick mike miles mitchell \
morris murdo murray ned neil neville niall nigel noel norman oisin oliver oscar owen percy perry phil quentin ray \
reginald rex rhodri rhys ricky rob robbie rod roderick rodney rory ross rufus rupert russ sam sandy seamus sebastian \
shane shaun sidney simon stan stanley stewart stuart ted terence theo toby tom tommy tony trevor tristan ultan \
vernon victor warren wesley wilfred winston aidan adrian albrecht alexis alfons alfred alois andreas anton armin \
arne arnold axel bastian bernd bernhard bjorn bodo burkhard carsten christoph claus clemens cornelius detlef dieter \
dietmar dietrich dirk eberhard eckhard egbert egon emil erhard erich ernst erwin eugen ewald fabian felix ferdinand \
florian frank franz friedrich fritz georg gerd gerhard gernot gottfried guenter gunter gunther gunnar gustav hans \
harald hartmut heiko heiner heinrich heinz helmut henning herbert hermann holger horst hubert ingo jakob jan jens \
joachim jochen johann johannes jorg josef jurgen kai karl karlheinz kaspar klaus konrad kurt lars leopold lorenz \
lothar ludwig lukas lutz manfred marco marcus mario marius markus mathias matthias maximilian michel moritz norbert \
olaf oskar ottmar otto pascal patrik peer rainer ralf reiner reinhard reinhold rene rolf roland rudolf rudiger \
siegfried stefan steffen sven thilo thorsten till tim tobias torsten udo ulf ulrich uwe valentin viktor volker \
walther werner wilhelm wolfgang wolfram aart arend bart bas bram coen cornelis daan diederik dirk dries egbert \
folkert geert gerrit gijs hein hendrik henk herman jaap jan-willem jelle jeroen joost joris kees klaas koen lammert \
luuk maarten menno niels pieter piet rik rob roel ruben rutger ruud sander sjoerd stijn sybren teun thijs tijmen \
wim willem wouter alain andre antoine arnaud arthur augustin bastien benoit bernard bertrand bruno cedric clement \
cyrille denis didier edouard emmanuel eric etienne fabien fabrice francois frederic gael gaston georges gerard \
gilles gregoire guillaume gustave guy henri herve hippolyte honore hubert jacques jean jean-luc jean-pierre jean-claude \
jean-paul jean-marc jean-francois jean-michel jerome jules julien laurent loic luc lucien marc marcel mathieu maxime \
nicolas olivier pascal philippe pierre quentin raoul raphael remi romain sebastien serge stephane sylvain theo thibault \
thierry tristan vincent xavier yann yannick yves adolfo adrian agustin alberto alejandro alfonso alfredo alonso alvaro \
andres angel antonio aquiles arturo benito bernardo bolivar camilo carlos cayetano cesar clemente cristian cristobal \
diego domingo edilberto eduardo efrain elias emiliano emilio enrique ernesto esteban eugenio evelio evo fausto federico \
felipe fernando fidel francisco gerardo german gilberto gonzalo gregorio guillermo gustavo hector hernan hernando \
hilario horacio hugo humberto ignacio isidro ismael jaime javier jeronimo jesus joaquin jorge josue juanito julio \
lautaro leandro leonardo leonel lorenzo lucas luciano luis manolo manuel marcelo marcos mariano martin mateo mauricio \
melchor miguel moises nairo nestor nicolas nicanor octavio orlando osvaldo pablo paco patricio pedro plutarco rafael \
ramiro ramon raul ricardo roberto rodolfo rodrigo rogelio roman ruben salvador santiago saturnino sergio silvio simon \
telmo teodoro tomas tito ulises vicente virgilio wilber wilson aldo alessandro alessio andrea angelo antonino attilio \
bruno carlo cesare claudio corrado cristiano dario davide domenico donato edoardo elio emanuele enzo ettore ezio \
fabio fabrizio federico filippo flavio francesco franco gaetano giacomo gian gian-andrea giancarlo gianfranco gianluca \
gianni gino giorgio giovanni giulio giuseppe guido ivano jacopo leandro luca luigi marcello massimo matteo maurizio \
michele mirko nicola nino paolo pasquale pier pietro raffaele renato renzo riccardo rocco roberto romano ruggero \
salvatore sandro saverio simone stefano tommaso ugo umberto valerio vincenzo vittorio afonso alvaro andre antonio \
artur baltasar caetano diogo duarte fernao filipe goncalo henrique inacio joao jorge leonel luis manoel nuno otavio \
paulo rui sergio tiago tome vasco aleksander aleksandar aleksandr alexei alexey anatoly andrej andrei andrey andrzej \
arkady artem bartosz bogdan bohdan boris bozidar branko czeslaw dariusz david denis dimitar dimitri dmitri dmitry dmytro \
dragan dragoslav dusan emir evgeny filip fyodor gennady georgi goran grigory grzegorz henryk igor ihor ilya ireneusz \
ivo jacek jakub janusz jaroslav jaroslaw jerzy jiri jovan jozef kazimierz kirill konstantin krzysztof lech leonid \
leszek ljubomir lubomir lukasz maciej maksim marcin marek marian mariusz martin mateusz matjaz matija maxim michal \
mieczyslaw mikhail miklos milan milorad milos miroslav mykola nebojsa nenad nikita nikola nikolai oleg oleh oleksandr \
pavel pavlo pawel petar petr petro piotr radek radoslav radoslaw rafal roman ruslan ryszard sasa sergei sergey serhiy \
slawomir slobodan stanislav stanislaw stepan szymon tadeusz taras tibor tihomir timur tomasz tomislav vaclav vadim \
valentyn valery vasily veselin viktor vitaly vladimir vladislav vlado volodymyr vuk waldemar wieslaw witold wlodzimierz \
wojciech yevgeny yuri yury zbigniew zdenek zdravko zeljko zoran adrian alexandru bogdan catalin ciprian claudiu constantin \
cosmin cristian dan dragos dumitru emil florin gabriel george gheorghe horia ilie ion ionel ionut iulian liviu lucian \
marian mihai mircea mugur nicolae octavian ovidiu petru radu razvan sorin stefan tiberiu traian tudor vasile vlad attila \
balazs bela denes ferenc gabor gyorgy gyula imre istvan janos jozsef karoly kristof lajos laszlo levente matyas mihaly \
norbert peter sandor tamas zoltan zsolt zsombor anders antti ari arvid asbjorn birger bengt bjarne borje carl dag egil \
einar eirik erik erkki esa espen finn frode geir gorm goran hakan hallvard hannu hans heikki henrik hilmar hrafn inge \
ingvar janne jari jarl johan jon jorgen jorma jouni juha juhani jukka jussi kalle kare kari kasper kimmo kjell knud \
knut lasse lars-erik leif lennart magne magnus malthe mats matti mikael mikko morten odd ola olav ole olof oskari palle \
pal pekka pentti per pertti petter ragnar rasmus reijo risto roar rune sakari seppo sigurd simo soren stein steinar sten \
stig svein sverre tapio teemu terje thor thorbjorn timo toivo tommi tor tord torbjorn tore torgeir torkel torstein tuomas \
ulrik urho veikko vidar vidkun yngve abdel abdul abdulaziz abdulla abdullah abdullahi abdelkader adel adnan ahmad ahmed ahmet \
ali amin amir amr anwar arif asad ashraf aziz bashar bashir bassam bilal cem cemal dawood ehsan ekrem emre erdogan faisal \
fahad farid farouk fawzi fouad ghassan habib hadi haidar hakim hamad hamid hamza hasan hashim hassan hatem hussain hussein \
ibrahim idriss imad imran iqbal isa ismail issa issoufou jaber jabir jafar jalal jamal jassim kamal karim kemal khaled khalid \
khalil mahdi mahmoud mahmud majid malik mansour marwan mehmet mohamed mohammad mohammed mokhtar mourad muhammad muhammed \
mukhtar murat mustafa nabil nadim naji nasser nizar omar osama osman qasim rachid rafiq rahim ramadan rami rashid reza riad \
saad sabri sadiq saeed said salah saleh salim salman sami samir selim serkan sharif suleiman syed tahir tamer tareq tarek tariq \
usman wael walid wassim yahya yasin yasser yazan younes youssef yousef yusuf zaid zaki ziad abhishek ajay ajit akash alok amit \
anand anil anirudh arjun arun arvind ashish ashok ashwin balaji bharat chandra deepak dev dilip dinesh farhan ganesh gaurav \
girish gopal govind hari harish hitesh jagdish jayant karthik kartik kapil kishore krishna kumar lalit madhav mahesh manish \
manoj mohan mukesh naveen narayan narendra nikhil nitin pankaj pradeep prakash pranav prasad prashant praveen raghav rahul \
raj rajan rajeev rajendra rajesh rajiv raju rakesh ram raman ramesh ranjit ravi rohan rohit sachin sameer sandeep sanjay sanjeev \
santosh satish shankar shashi shekhar shiv siddharth srinivas subhash sudhir sumit sunil suresh surya tarun uday umesh vijay vikas \
vikram vinay vinod vishal vivek zubin abebe abiodun adebayo ade ayodele babatunde bongani chidi chukwuma emeka femi folarin \
ikechukwu jabulani kabelo kagiso kofi kojo kwabena kwame kwasi lwazi mandla mamadou moussa mthunzi musa nnamdi obinna olufemi \
oluwaseun oumar ousmane sibusiso sipho siyabonga tendai thabo themba tshepo tunde uche vusi yaw zakes akira akio daisuke fumio \
goro haruto hideki hideo hiro hirohito hiroshi hiroyuki ichiro isamu jiro jun junichi kazuo kazuya keiji keisuke ken kenichi kenji \
kenta kiyoshi koichi koji makoto manabu masahiro masaki masao masaru masashi masato michio minoru mitsuo naoki noboru nobuo osamu \
ryo ryota saburo satoru satoshi seiji shigeru shin shinichi shinji shinzo shiro shoji shota shun susumu tadaaki tadashi takahiro \
takashi takeshi takuya taro tatsuya tetsuo tetsuya toru toshio toshiro tsutomu yasuo yoichi yoshio yuji yusuke yutaka";

fn names(
    list: &'static str,
    set: &'static OnceLock<HashSet<&'static str>>,
) -> &'static HashSet<&'static str> {
    set.get_or_init(|| list.split_whitespace().collect())
}

/// Whether a given name (lower case) speaks for a pronoun: 2 for it, 0 against it, 1 where nothing is known.
pub(super) fn fits(given: &str, pronoun: &str) -> u32 {
    static WOMEN: OnceLock<HashSet<&'static str>> = OnceLock::new();
    static MEN: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let plain: String = given.chars().map(plain).collect();
    let (she, he) = (names(SHE, &WOMEN).contains(&*plain), names(HE, &MEN).contains(&*plain));
    match (pronoun, she, he) {
        ("she", true, false) | ("he", false, true) => 2,
        ("she", false, true) | ("he", true, false) => 0,
        _ => 1,
    }
}

/// A letter without its accent.
const fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ő' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ñ' | 'ń' | 'ň' => 'n',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        'ł' => 'l',
        'ğ' => 'g',
        'ý' => 'y',
        'ř' => 'r',
        'đ' | 'ď' => 'd',
        'ţ' | 'ț' | 'ť' => 't',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_name_speaks_for_one_pronoun() {
        assert_eq!(fits("rita", "she"), 2);
        assert_eq!(fits("rita", "he"), 0);
        assert_eq!(fits("tomáš", "she"), fits("tomas", "she"));
        assert_eq!(fits("moura", "he"), 1);
        assert_eq!(fits("rita", "they"), 1);
    }
}
