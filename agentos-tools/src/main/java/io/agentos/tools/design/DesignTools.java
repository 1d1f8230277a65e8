package io.agentos.tools.design;

import io.agentos.spi.Tool;
import io.agentos.tools.design.a11y.AccessScan;
import io.agentos.tools.design.contrast.ContrastAudit;
import io.agentos.tools.design.tokens.TokenLint;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.report.TextTool;
import io.agentos.tools.report.TextTool.Argument;
import java.util.List;

/** The tools about how pages look and whom they serve. */
public final class DesignTools {
  private static final String PAGE = "page";
  private static final String CSS = "css";
  private static final List<String> PAGE_ENDINGS = List.of(".html", ".htm", ".xhtml");
  private static final List<String> CSS_ENDINGS = List.of(".css");

  private DesignTools() {}

  /** All of them, for files below these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(access(roots), contrast(roots), tokens(roots));
  }

  private static Tool access(FileRoots roots) {
    return new TextTool(
        roots,
        "design.scan_access",
        "Looks over the HTML of a page for what keeps people out, after WCAG 2.2: images, labels,"
            + " names of links and buttons, keyboard, headings, tables, ARIA, zoom, captions. Each"
            + " finding with line, element, criterion and repair. Colours are design.audit_contrast.",
        List.of(Argument.file(PAGE, true, "The page as HTML, or the path of an .html file")),
        (texts, arguments) ->
            AccessScan.run(texts.text(arguments, PAGE, "the HTML of a page", PAGE_ENDINGS)));
  }

  private static Tool contrast(FileRoots roots) {
    return new TextTool(
        roots,
        "design.audit_contrast",
        "Works out the colours of every text, field, link and focus of an HTML page from its CSS"
            + " (custom properties, transparency, gradients, themes, hover and focus) and reports"
            + " what falls short of WCAG 2.2, with selector, line, ratio and a colour that passes.",
        List.of(
            Argument.file(PAGE, true, "The page as HTML, or the path of an .html file"),
            Argument.file(
                CSS, false, "The style sheet that the page links, or the path of a .css file"),
            Argument.choice(
                "level",
                "The level of WCAG to hold it against; AA when left out",
                List.of("AA", "AAA"))),
        (texts, arguments) ->
            ContrastAudit.run(
                texts.text(arguments, PAGE, "the HTML of a page", PAGE_ENDINGS),
                texts.optionalText(arguments, CSS, "a style sheet", CSS_ENDINGS),
                arguments.optionalText("level").orElse("AA").equals("AAA")));
  }

  private static Tool tokens(FileRoots roots) {
    return new TextTool(
        roots,
        "design.lint_tokens",
        "Holds design tokens (JSON of the Design Tokens Community Group, 2025.10) against their format"
            + " and each other: broken aliases, circles, wrong values, duplicates, near colours,"
            + " spaces off the scale; and with a style sheet, what is unused, unknown, drifted or"
            + " written out by hand.",
        List.of(
            Argument.file("tokens", true, "The tokens as JSON, or the path of a .json file"),
            Argument.file(CSS, false, "A style sheet that uses them, or the path of a .css file"),
            Argument.number(
                "base_px", "What spaces are multiples of, in pixels; 4 when left out", 1, 64)),
        (texts, arguments) ->
            TokenLint.run(
                texts.text(
                    arguments, "tokens", "design tokens as JSON", List.of(".json", ".tokens")),
                texts.optionalText(arguments, CSS, "a style sheet", CSS_ENDINGS),
                (int) arguments.number("base_px", 4)));
  }
}
