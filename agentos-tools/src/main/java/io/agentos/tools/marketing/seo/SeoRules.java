package io.agentos.tools.marketing.seo;

import io.agentos.tools.report.Rule;

/** What is looked for, with the page of Google Search Central that says so. */
final class SeoRules {
  static final Rule NOINDEX =
      rule(
          "noindex",
          "The page keeps search engines out",
          "With `noindex` it is in no result, whatever else is done.",
          "Robots meta tag");
  static final Rule TITLE =
      rule(
          "title",
          "The title is missing, double or of the wrong length",
          "The title is the line people click. What is too long is cut, what is missing is made up by the"
              + " search engine.",
          "Title links");
  static final Rule DESCRIPTION =
      rule(
          "description",
          "The description is missing, double or of the wrong length",
          "It is the text below the title where it fits the search; without one, any sentence of the page"
              + " is taken.",
          "Snippets");
  static final Rule HEADING =
      rule(
          "main-heading",
          "The main heading is missing or double",
          "It tells readers and search engines what the page is about.",
          "SEO starter guide");
  static final Rule CANONICAL =
      rule(
          "canonical",
          "The canonical address is wrong",
          "It names the one address that counts. A wrong one gives the page's place away to another.",
          "Canonicalization");
  static final Rule HREFLANG =
      rule(
          "hreflang",
          "A link to another language is wrong",
          "All of a page's hreflang links are ignored when one of the pair is wrong.",
          "Localized versions of your page");
  static final Rule VIEWPORT =
      rule(
          "viewport",
          "The page does not say that it fits phones",
          "Google indexes the page as a phone sees it.",
          "Mobile-first indexing");
  static final Rule LANGUAGE =
      rule(
          "language",
          "The page does not say its language or its encoding",
          "Readers elsewhere get it wrong, and letters may break.",
          "SEO starter guide");
  static final Rule IMAGE =
      rule(
          "image",
          "An image cannot be understood, or moves the page while it loads",
          "`alt` is what image search reads; `width` and `height` keep the layout still (CLS, a Core Web"
              + " Vital).",
          "Image SEO; Core Web Vitals");
  static final Rule LAZY =
      rule(
          "lazy-first-image",
          "The first image is loaded late",
          "`loading=\"lazy\"` on what is seen first delays the largest paint (LCP, a Core Web Vital).",
          "Core Web Vitals");
  static final Rule LINK =
      rule(
          "link",
          "A link cannot be followed or says nothing",
          "Crawlers follow `<a href>` with an address only, and read its words.",
          "Crawlable links");
  static final Rule MIXED =
      rule(
          "insecure",
          "Something is loaded or linked without encryption",
          "Browsers block it or warn.",
          "HTTPS");
  static final Rule SOCIAL =
      rule(
          "social",
          "What is shown when the page is shared is missing",
          "Without Open Graph tags, networks and messengers pick any picture and text.",
          "The Open Graph protocol");
  static final Rule DATA_BROKEN =
      rule(
          "structured-data-broken",
          "Structured data cannot be read",
          "One wrong comma and none of it counts.",
          "Structured data guidelines");
  static final Rule DATA =
      rule(
          "structured-data",
          "Structured data lacks what its type needs",
          "Without its required properties a result gets no rich form.",
          "Structured data guidelines");
  static final Rule THIN =
      rule(
          "thin",
          "There is little text",
          "A page that says little answers few searches. If it is meant so, leave it.",
          "Creating helpful, reliable, people-first content");
  static final Rule KEYWORD =
      rule(
          "keyword",
          "The search term is missing where it counts, or overused",
          "People look for their own words in the title and heading. Repetition is treated as spam.",
          "Spam policies; SEO starter guide");
  static final Rule BLOCKING =
      rule(
          "render-blocking",
          "Scripts hold up the first paint",
          "Nothing is shown until a script in the head is loaded and run.",
          "Core Web Vitals");
  static final Rule ADDRESS =
      rule(
          "address",
          "The address could be plainer",
          "Short words with hyphens are read and shared; parameters and capitals make doubles.",
          "URL structure");

  private SeoRules() {}

  private static Rule rule(String id, String title, String why, String source) {
    String reference =
        source.startsWith("The Open Graph") ? source : "Google Search Central: " + source;
    return new Rule(id, title, why, reference);
  }
}
