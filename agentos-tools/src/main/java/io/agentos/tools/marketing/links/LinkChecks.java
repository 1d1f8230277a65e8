package io.agentos.tools.marketing.links;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Rule;
import io.agentos.tools.report.Severity;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Builds links one by one and says what is wrong with them. Owned by one thread. */
final class LinkChecks {
  private static final int LINK_LENGTH_MAX = 2_000;
  private static final int VALUE_LENGTH_MAX = 200;
  private static final Pattern MAIL =
      Pattern.compile("[\\w.+-]{1,64}(?:@|%40)[\\w-]{1,63}\\.[\\w.]{2,63}");
  private static final Map<String, String> SAME =
      Map.ofEntries(
          Map.entry("fb", "facebook"), Map.entry("facebook.com", "facebook"),
          Map.entry("ig", "instagram"), Map.entry("insta", "instagram"),
          Map.entry("instagram.com", "instagram"), Map.entry("li", "linkedin"),
          Map.entry("linkedin.com", "linkedin"), Map.entry("e-mail", "email"),
          Map.entry("mail", "email"), Map.entry("news-letter", "newsletter"),
          Map.entry("google.com", "google"), Map.entry("adwords", "google"));

  private final String source;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  LinkChecks(String source) {
    this.source = source;
  }

  List<Finding> findings() {
    return findings;
  }

  /** The link of a campaign; empty when none can be built. */
  Optional<BuiltLink> build(Campaign campaign) {
    Optional<URI> address = address(campaign);
    if (address.isEmpty() || isPersonal(campaign)) {
      return Optional.empty();
    }
    Map<String, String> values = values(campaign);
    if (!values.containsKey("utm_source")) {
      return Optional.empty();
    }
    String channel = channel(campaign, values);
    ownSite(campaign, address.get(), values);
    String link = link(campaign, address.get(), values);
    if (link.length() > LINK_LENGTH_MAX) {
      add(
          LinkRules.LONG,
          Severity.LOW,
          campaign,
          "It has %d characters.".formatted(link.length()),
          "Shorten the values.");
    }
    Integer before = lines.putIfAbsent(link, campaign.line());
    if (before != null) {
      add(
          LinkRules.DUPLICATE,
          Severity.MEDIUM,
          campaign,
          "It is the link of line %d.".formatted(before),
          "Tell them apart with `utm_content`, or take one out.");
    }
    return Optional.of(new BuiltLink(campaign.line(), link, channel, values));
  }

  private Map<String, String> values(Campaign campaign) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String parameter : LinkBuild.PARAMETERS) {
      String value = campaign.value(parameter);
      if (!value.isEmpty()) {
        values.put(parameter, plain(value));
      } else if (LinkBuild.PARAMETERS.indexOf(parameter) < 3) {
        add(
            LinkRules.MISSING,
            parameter.equals("utm_campaign") ? Severity.MEDIUM : Severity.HIGH,
            campaign,
            parameter.equals("utm_source")
                ? "`utm_source` is empty, and no link was built."
                : "%s is empty.".formatted(code(parameter)),
            "Fill it in.");
      }
    }
    return values;
  }

  private String channel(Campaign campaign, Map<String, String> values) {
    String channel =
        Channel.of(
            values.getOrDefault("utm_source", ""),
            values.getOrDefault("utm_medium", ""),
            values.getOrDefault("utm_campaign", ""));
    if (channel.equals(Channel.UNASSIGNED) && values.containsKey("utm_medium")) {
      add(
          LinkRules.UNASSIGNED,
          Severity.HIGH,
          campaign,
          "The medium %s is none that Analytics knows."
              .formatted(code(values.getOrDefault("utm_medium", ""))),
          "Use `email`, `social`, `cpc`, `display`, `affiliate`, `referral`, `sms`, `audio` or another of its list.");
    }
    return channel;
  }

  private Optional<URI> address(Campaign campaign) {
    String url = campaign.url();
    Optional<URI> uri = Optional.empty();
    try {
      uri = Optional.of(new URI(url.replace(" ", "%20")));
    } catch (URISyntaxException e) {
      // Told below like every other text that is no address.
    }
    String scheme = uri.map(URI::getScheme).map(one -> one.toLowerCase(Locale.ROOT)).orElse("");
    boolean web =
        (scheme.equals("https") || scheme.equals("http")) && uri.map(URI::getHost).isPresent();
    if (!web) {
      boolean host = url.matches("[\\w-]+(?:\\.[\\w-]+)+(?:[/?#].*)?");
      add(
          LinkRules.ADDRESS,
          Severity.HIGH,
          campaign,
          url.isEmpty() ? "The address is empty." : "%s is no whole address.".formatted(code(url)),
          host
              ? "Write %s.".formatted(code("https://" + url))
              : "Write it with `https://` and the host.");
      return Optional.empty();
    }
    if (scheme.equals("http")) {
      add(LinkRules.INSECURE, Severity.LOW, campaign, "It begins with `http:`.", "Use `https:`.");
    }
    return uri;
  }

  private boolean isPersonal(Campaign campaign) {
    List<String> all = new ArrayList<>(campaign.values().values());
    all.add(campaign.url());
    boolean personal = all.stream().anyMatch(one -> MAIL.matcher(one).find());
    if (personal) {
      add(
          LinkRules.PERSONAL,
          Severity.HIGH,
          campaign,
          "There is an e-mail address in it.",
          "Use a number that only you can look up.");
    }
    return personal;
  }

  private void ownSite(Campaign campaign, URI address, Map<String, String> values) {
    String host =
        String.valueOf(address.getHost()).toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
    String from = values.getOrDefault("utm_source", "").replaceFirst("^www\\.", "");
    String name = host.contains(".") ? host.substring(0, host.lastIndexOf('.')) : host;
    if (!from.isEmpty()
        && (from.equals(host)
            || from.equals(name)
            || Set.of("website", "homepage", "internal").contains(from))) {
      add(
          LinkRules.OWN_SITE,
          Severity.HIGH,
          campaign,
          "The source is %s, and the link leads to %s.".formatted(code(from), code(host)),
          "Leave links within the site without parameters; measure clicks there with events.");
    }
  }

  private String link(Campaign campaign, URI address, Map<String, String> values) {
    List<String> query = new ArrayList<>();
    List<String> replaced = new ArrayList<>();
    String raw = Optional.ofNullable(address.getRawQuery()).orElse("");
    for (String part : raw.split("&", -1)) {
      String name = part.contains("=") ? part.substring(0, part.indexOf('=')) : part;
      if (values.containsKey(name.toLowerCase(Locale.ROOT))) {
        replaced.add(name);
      } else if (!part.isEmpty()) {
        query.add(part);
      }
    }
    if (!replaced.isEmpty()) {
      add(
          LinkRules.REPLACED,
          Severity.MEDIUM,
          campaign,
          "%s stood in the address.".formatted(code(String.join(", ", replaced))),
          "Take it out of the address of the plan.");
    }
    values.forEach((name, value) -> query.add(name + "=" + encoded(value)));
    String path =
        address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    String fragment = address.getRawFragment() == null ? "" : "#" + address.getRawFragment();
    return "%s://%s%s?%s%s"
        .formatted(
            address.getScheme().toLowerCase(Locale.ROOT),
            address.getRawAuthority(),
            path,
            String.join("&", query),
            fragment);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
  }

  /** As it is written in links: small letters, hyphens for blanks, one spelling for one thing. */
  private static String plain(String value) {
    String decoded = value;
    try {
      decoded = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // It is not encoded, and taken as it stands.
    }
    String small = decoded.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", "-");
    String cut = small.length() > VALUE_LENGTH_MAX ? small.substring(0, VALUE_LENGTH_MAX) : small;
    return SAME.getOrDefault(cut, cut);
  }

  /** What shows only when all rows are seen: one thing in two spellings. */
  void across(List<Campaign> campaigns) {
    for (String parameter : LinkBuild.PARAMETERS) {
      Map<String, Set<String>> written = new LinkedHashMap<>();
      Map<String, Campaign> first = new LinkedHashMap<>();
      for (Campaign campaign : campaigns) {
        String value = campaign.value(parameter);
        if (!value.isEmpty()) {
          String key = plain(value).replaceAll("[-_ .]", "");
          written.computeIfAbsent(key, none -> new TreeSet<>()).add(value);
          first.putIfAbsent(key, campaign);
        }
      }
      written.forEach((key, values) -> {
        Campaign campaign = first.get(key);
        if (values.size() > 1 && campaign != null) {
          add(
              LinkRules.SPELLING,
              Severity.MEDIUM,
              campaign,
              "%s is written %s."
                  .formatted(
                      code(parameter),
                      Markdown.list(values.stream().map(one -> code(one)).toList())),
              "Choose one for good.");
        }
      });
    }
  }

  private void add(Rule rule, Severity severity, Campaign campaign, String what, String fix) {
    Place place = new Place(source, campaign.line(), "");
    findings.add(new Finding(rule, severity, place, what, fix));
  }
}
