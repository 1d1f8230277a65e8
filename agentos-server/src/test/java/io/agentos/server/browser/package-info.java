/**
 * A real browser for tests: Chromium of the machine, driven by Playwright, with a listener that
 * tells every request that leaves the page's own origin.
 */
@NullMarked
package io.agentos.server.browser;

import org.jspecify.annotations.NullMarked;
