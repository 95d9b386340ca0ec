/** The library page. */
