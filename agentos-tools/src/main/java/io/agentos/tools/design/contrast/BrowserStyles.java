package io.agentos.tools.design.contrast;

import io.agentos.tools.design.css.CssReader;
import io.agentos.tools.design.css.StyleSheet;

/** What browsers do by themselves, as far as it touches colours and sizes of text. */
final class BrowserStyles {
  private static final String CSS =
      """
      [hidden], head, script, style, template, noscript, datalist, area, base, link, meta, title,
      param, rp, audio:not([controls]) { display: none }
      input[type=hidden] { display: none }
      h1 { font-size: 2em; font-weight: bold }
      h2 { font-size: 1.5em; font-weight: bold }
      h3 { font-size: 1.17em; font-weight: bold }
      h4 { font-weight: bold }
      h5 { font-size: 0.83em; font-weight: bold }
      h6 { font-size: 0.67em; font-weight: bold }
      b, strong { font-weight: bolder }
      th { font-weight: bold }
      small, sub, sup { font-size: smaller }
      code, kbd, samp, pre { font-size: 0.8125em }
      mark { background-color: mark; color: marktext }
      a:link { color: linktext; text-decoration: underline }
      a:visited { color: visitedtext; text-decoration: underline }
      input, select, textarea { font-size: 13.3333px; font-weight: 400; color: fieldtext;
        background-color: field; border: 2px inset buttonborder }
      button, input[type=submit], input[type=button], input[type=reset] { font-size: 13.3333px;
        font-weight: 400; color: buttontext; background-color: buttonface;
        border: 2px outset buttonborder }
      a:focus, button:focus, input:focus, select:focus, textarea:focus, summary:focus,
      [tabindex]:focus { outline: auto 1px -webkit-focus-ring-color }
      """;

  static final StyleSheet SHEET = CssReader.read("browser", CSS, 1);

  private BrowserStyles() {}
}
