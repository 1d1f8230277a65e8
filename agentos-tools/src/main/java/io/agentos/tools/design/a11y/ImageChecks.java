package io.agentos.tools.design.a11y;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.report.Severity;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Images, frames, sound and pictures that move. */
final class ImageChecks {
  private static final Pattern FILE =
      Pattern.compile("(?i)\\S+\\.(?:jpe?g|png|gif|svg|webp|avif|bmp)");
  private static final Pattern EMPTY_WORDS =
      Pattern.compile(
          "(?i)(?:an? )?(?:image|picture|photo|photograph|graphic|icon|img|untitled|spacer)s?\\.?|(?:dsc|img|image)[-_ ]?\\d+");

  private ImageChecks() {}

  static void check(Scan scan) {
    for (Element image : scan.all("img, input[type=image], area[href], [role=img], svg")) {
      if (!Scan.isSilent(image)) {
        image(scan, image);
      }
    }
    for (Element frame : scan.all("iframe, frame")) {
      if (!Scan.isSilent(frame) && scan.names().of(frame).isEmpty()) {
        scan.add(
            AccessRules.FRAME,
            Severity.HIGH,
            frame,
            "The frame shows %s.".formatted(code(frame.attr("src"))),
            "Say what is in it: `title=\"Map of the harbour\"`.");
      }
    }
    media(scan);
  }

  private static void image(Scan scan, Element image) {
    String name = scan.names().of(image);
    boolean decoration =
        image.attr("role").equals("presentation") || image.attr("role").equals("none");
    boolean drawing = image.normalName().equals("svg");
    boolean inControl = image.closest("a, button, label") != null;
    if (drawing && (!image.attr("role").equals("img") || inControl)) {
      return;
    }
    boolean says =
        image.hasAttr("alt")
            && !image.normalName().equals("input")
            && !image.normalName().equals("area");
    if (name.isEmpty()) {
      if (!decoration && !says) {
        scan.add(
            AccessRules.IMAGE_ALT,
            Severity.HIGH,
            image,
            "It has no `alt`%s."
                .formatted(image.hasAttr("src") ? ": " + code(image.attr("src")) : ""),
            drawing
                ? "Give the svg a `<title>`, or `aria-hidden=\"true\"` if it only decorates."
                : "Say in `alt` what it tells; write `alt=\"\"` if it only decorates.");
      }
      return;
    }
    if (FILE.matcher(name).matches() || EMPTY_WORDS.matcher(name).matches()) {
      scan.add(
          AccessRules.IMAGE_ALT_POOR,
          Severity.MEDIUM,
          image,
          "Its text is %s.".formatted(code(name)),
          "Say what a person would miss without the image; `alt=\"\"` if nothing.");
    }
  }

  private static void media(Scan scan) {
    for (Element video : scan.all("video")) {
      boolean silent = video.hasAttr("muted");
      boolean captions =
          video.select("track").stream()
              .anyMatch(track ->
                  track.attr("kind").toLowerCase(Locale.ROOT).matches("captions|subtitles"));
      if (!silent && !captions) {
        scan.add(
            AccessRules.CAPTIONS,
            Severity.HIGH,
            video,
            "There is no `track` with captions.",
            "Add `<track kind=\"captions\" srclang=\"en\" src=\"….vtt\">`.");
      }
    }
    for (Element media : scan.all("video[autoplay]:not([muted]), audio[autoplay]:not([muted])")) {
      scan.add(
          AccessRules.AUTOPLAY,
          Severity.HIGH,
          media,
          "It plays with sound as soon as the page opens.",
          "Take `autoplay` away, or add `muted` and `controls`.");
    }
    for (Element moving : scan.all("marquee, blink")) {
      scan.add(
          AccessRules.MOVING,
          Severity.HIGH,
          moving,
          "%s moves the text for ever.".formatted(code("<" + moving.normalName() + ">")),
          "Write the text as it is, without the element.");
    }
  }
}
