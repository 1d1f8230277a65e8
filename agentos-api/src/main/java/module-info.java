/**
 * What callers, packs and plugins speak. Depends on nothing; JSpecify is needed to compile only.
 */
module io.agentos.api {
  requires static org.jspecify;

  exports io.agentos.api;
  exports io.agentos.spi;
}
