package io.agentos.tools.marketing.links;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The default channel group of Google Analytics 4, by the rules its help page "Default channel
 * group" gives, in their order.
 */
final class Channel {
  /** What is in no group. */
  static final String UNASSIGNED = "Unassigned";

  private static final Pattern PAID = Pattern.compile(".*cp.*|ppc|retargeting|paid.*");
  private static final Pattern SHOPPING_CAMPAIGN =
      Pattern.compile(".*(?:(?:[^a-df-z]|^)shop|shopping).*");
  private static final Set<String> SEARCH =
      Set.of(
          "google",
          "bing",
          "yahoo",
          "baidu",
          "duckduckgo",
          "ecosia",
          "yandex",
          "naver",
          "seznam",
          "sogou",
          "aol",
          "ask",
          "qwant",
          "brave",
          "startpage",
          "google.com",
          "bing.com");
  private static final Set<String> SOCIAL =
      Set.of(
          "facebook",
          "facebook.com",
          "fb",
          "instagram",
          "instagram.com",
          "ig",
          "linkedin",
          "linkedin.com",
          "twitter",
          "twitter.com",
          "x.com",
          "t.co",
          "tiktok",
          "tiktok.com",
          "pinterest",
          "pinterest.com",
          "reddit",
          "reddit.com",
          "snapchat",
          "whatsapp",
          "messenger",
          "threads",
          "quora",
          "tumblr",
          "wechat",
          "weibo",
          "vk.com",
          "telegram",
          "bluesky",
          "mastodon");
  private static final Set<String> VIDEO =
      Set.of(
          "youtube",
          "youtube.com",
          "vimeo",
          "vimeo.com",
          "twitch",
          "twitch.tv",
          "netflix",
          "hulu",
          "dailymotion",
          "disneyplus");
  private static final Set<String> SHOPPING =
      Set.of(
          "amazon",
          "amazon.com",
          "ebay",
          "ebay.com",
          "etsy",
          "etsy.com",
          "walmart",
          "alibaba",
          "shopzilla",
          "shopping",
          "google shopping",
          "igshopping");
  private static final Set<String> EMAIL = Set.of("email", "e-mail", "e_mail", "e mail");

  private Channel() {}

  /** The group of a visit with these parameters. */
  static String of(String source, String medium, String campaign) {
    String from = source.toLowerCase(Locale.ROOT);
    String by = medium.toLowerCase(Locale.ROOT);
    String name = campaign.toLowerCase(Locale.ROOT);
    boolean paid = PAID.matcher(by).matches();
    boolean shopping = SHOPPING.contains(from) || SHOPPING_CAMPAIGN.matcher(name).matches();
    if (from.equals("(direct)") && Set.of("(none)", "(not set)").contains(by)) {
      return "Direct";
    }
    if (name.contains("cross-network")) {
      return "Cross-network";
    }
    if (paid) {
      return paid(from, shopping, by);
    }
    if (Set.of("display", "banner", "expandable", "interstitial", "cpm").contains(by)) {
      return "Display";
    }
    if (shopping) {
      return "Organic Shopping";
    }
    return unpaid(from, by);
  }

  private static String paid(String source, boolean shopping, String medium) {
    if (shopping) {
      return "Paid Shopping";
    }
    if (SEARCH.contains(source)) {
      return "Paid Search";
    }
    if (SOCIAL.contains(source)) {
      return "Paid Social";
    }
    if (VIDEO.contains(source)) {
      return "Paid Video";
    }
    return medium.equals("cpm") ? "Display" : "Paid Other";
  }

  private static String unpaid(String source, String medium) {
    if (SOCIAL.contains(source)
        || Set.of(
                "social", "social-network", "social-media", "sm", "social network", "social media")
            .contains(medium)) {
      return "Organic Social";
    }
    if (VIDEO.contains(source) || medium.contains("video")) {
      return "Organic Video";
    }
    if (SEARCH.contains(source) || medium.equals("organic")) {
      return "Organic Search";
    }
    if (Set.of("referral", "app", "link").contains(medium)) {
      return "Referral";
    }
    if (EMAIL.contains(source) || EMAIL.contains(medium)) {
      return "Email";
    }
    return switch (medium) {
      case "affiliate" -> "Affiliates";
      case "audio" -> "Audio";
      case "sms" -> "SMS";
      default -> last(source, medium);
    };
  }

  private static String last(String source, String medium) {
    if (source.equals("sms")) {
      return "SMS";
    }
    boolean push =
        medium.endsWith("push") || medium.contains("mobile") || medium.contains("notification");
    return push || source.equals("firebase") ? "Mobile Push Notifications" : UNASSIGNED;
  }
}
