// What the store's test page and the bench page hold for the tests.
declare var ready: Promise<unknown>;
declare var Store: any;
declare var Shelf: any;
declare var store: any;
declare var shelf: any;
declare var blocks: any;
declare var db: any;
declare var core: any;
declare var imports: any;
declare var bench: any;
