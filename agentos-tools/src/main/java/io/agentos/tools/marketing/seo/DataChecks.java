package io.agentos.tools.marketing.seo;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.html.HtmlPage;
import io.agentos.tools.report.JsonFault;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Structured data in JSON-LD, by the types Google makes rich results of. */
final class DataChecks {
  private static final int DEPTH_MAX = 50;
  private static final int NODES_MAX = 5_000;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .build();

  /** What a type must have; a bar separates those of which one is enough. */
  private static final Map<String, List<String>> REQUIRED =
      Map.ofEntries(
          Map.entry("Product", List.of("name", "review|aggregateRating|offers")),
          Map.entry("Offer", List.of("price|priceSpecification")),
          Map.entry("AggregateRating", List.of("ratingValue", "ratingCount|reviewCount")),
          Map.entry("Review", List.of("author", "reviewRating")),
          Map.entry("BreadcrumbList", List.of("itemListElement")),
          Map.entry("Event", List.of("name", "startDate", "location")),
          Map.entry("Recipe", List.of("name", "image")),
          Map.entry(
              "JobPosting",
              List.of(
                  "title",
                  "description",
                  "datePosted",
                  "hiringOrganization",
                  "jobLocation|applicantLocationRequirements")),
          Map.entry("LocalBusiness", List.of("name", "address")),
          Map.entry("VideoObject", List.of("name", "thumbnailUrl", "uploadDate")),
          Map.entry("FAQPage", List.of("mainEntity")),
          Map.entry("SoftwareApplication", List.of("name", "offers", "aggregateRating|review")));

  private DataChecks() {}

  /** Checks every block; the types that were found, in their order. */
  static List<String> check(Look look) {
    List<String> types = new ArrayList<>();
    for (Element script : look.all("script[type=application/ld+json]")) {
      try {
        block(look, script, MAPPER.readTree(script.data()), types);
      } catch (JacksonException e) {
        TokenStreamLocation place = e.getLocation();
        int line = place == null ? 0 : Math.max(0, place.getLineNr() - 1);
        look.add(
            SeoRules.DATA_BROKEN,
            Severity.HIGH,
            script,
            "It is not JSON%s: %s"
                .formatted(
                    place == null ? "" : " in line " + (HtmlPage.line(script) + line),
                    JsonFault.words(e)),
            "Mend it there; a comma behind the last entry is the usual fault.");
      }
    }
    return types;
  }

  private static void block(Look look, Element script, JsonNode root, List<String> types) {
    List<JsonNode> open = new ArrayList<>(List.of(root));
    int seen = 0;
    if (root.isObject() && !root.path("@context").toString().contains("schema.org")) {
      look.add(
          SeoRules.DATA_BROKEN,
          Severity.HIGH,
          script,
          "`@context` does not name schema.org.",
          "Begin with `\"@context\": \"https://schema.org\"`.");
    }
    while (!open.isEmpty() && seen < NODES_MAX) {
      JsonNode node = open.removeLast();
      seen++;
      if (node.isObject()) {
        type(look, script, node, types);
        node.properties().forEach(member -> open.add(member.getValue()));
      } else if (node.isArray()) {
        node.forEach(open::add);
      }
    }
  }

  private static void type(Look look, Element script, JsonNode node, List<String> types) {
    JsonNode type = node.path("@type");
    String name = type.isString() ? type.stringValue() : "";
    if (name.isEmpty()) {
      return;
    }
    types.add(name);
    for (String wanted : REQUIRED.getOrDefault(name, List.of())) {
      List<String> names = List.of(wanted.split("\\|", -1));
      boolean there = names.stream().anyMatch(one -> !node.path(one).isMissingNode());
      if (!there) {
        look.add(
            SeoRules.DATA,
            Severity.MEDIUM,
            script,
            "%s has no %s."
                .formatted(
                    code(name),
                    String.join(" and no ", names.stream().map(Markdown::code).toList())),
            "Add it, with what the page shows; what is not on the page may not be claimed.");
      }
    }
  }
}
