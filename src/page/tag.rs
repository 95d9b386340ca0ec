//! The elements that the core tells apart.

macro_rules! tags {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// An element's name, or that the node is text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "each is the element of that name")]
        pub enum Tag {
            /// A text node.
            Text,
            /// A custom element (its name has a hyphen).
            Custom,
            /// Any element not listed.
            Other,
            $($variant,)*
        }

        impl Tag {
            /// The tag of a lower-case element name.
            pub fn from_name(name: &str) -> Self {
                match name {
                    $($name => Self::$variant,)*
                    _ if name.contains('-') => Self::Custom,
                    _ => Self::Other,
                }
            }

            /// The element's name, for features and messages.
            pub const fn name(self) -> &'static str {
                match self {
                    Self::Text => "#text",
                    Self::Custom => "#custom",
                    Self::Other => "#other",
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

tags! {
    A "a", Abbr "abbr", Address "address", Article "article", Aside "aside", Audio "audio", B "b",
    Blockquote "blockquote", Body "body", Br "br", Button "button", Canvas "canvas", Caption "caption",
    Center "center", Cite "cite", Code "code", Dd "dd", Del "del", Details "details", Dialog "dialog",
    Div "div", Dl "dl", Dt "dt", Em "em", Embed "embed", Fieldset "fieldset", Figcaption "figcaption",
    Figure "figure", Font "font", Footer "footer", Form "form", H1 "h1", H2 "h2", H3 "h3", H4 "h4",
    H5 "h5", H6 "h6", Head "head", Header "header", Hgroup "hgroup", Hr "hr", Html "html", I "i",
    Iframe "iframe", Img "img", Input "input", Ins "ins", Label "label", Legend "legend", Li "li",
    Link "link", Main "main", Mark "mark", Menu "menu", Meta "meta", Nav "nav", Noscript "noscript",
    Object "object", Ol "ol", Option "option", P "p", Picture "picture", Pre "pre", Q "q", S "s",
    Script "script", Search "search", Section "section", Select "select", Small "small", Span "span",
    Strong "strong", Style "style", Sub "sub", Summary "summary", Sup "sup", Svg "svg", Table "table",
    Tbody "tbody", Td "td", Template "template", Textarea "textarea", Tfoot "tfoot", Th "th",
    Thead "thead", Time "time", Title "title", Tr "tr", U "u", Ul "ul", Video "video",
}
