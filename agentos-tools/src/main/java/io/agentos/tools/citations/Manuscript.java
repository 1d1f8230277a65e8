package io.agentos.tools.citations;

import io.agentos.tools.citations.Citation.Style;
import io.agentos.tools.files.Printable;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with its citations, the sentences that should have one, and the references at its end.
 *
 * @param listed the references at the end, none when there is no such list
 * @param uncited sentences that quote or count and cite nothing
 */
record Manuscript(
    List<Citation> citations, List<Reference> listed, List<Claim> uncited, int words) {
  static final int CITATIONS_MAX = 20_000;
  private static final int CLAIMS_MAX = 200;
  private static final int RANGE_MAX = 50;
  private static final Pattern LATEX =
      Pattern.compile(
          "\\\\[a-zA-Z]{0,12}cite[a-zA-Z]{0,12}\\*?(?:\\[[^\\]]{0,200}\\]){0,2}\\{([^}]{1,1000})\\}");
  private static final Pattern PANDOC =
      Pattern.compile("(?<![\\w@.\\\\])@\\{?([A-Za-z_][\\w:.#$%&+?<>~/-]*[\\w/])\\}?");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\w\\]!\\\\])\\[(\\d{1,4}(?:\\s?[,;–-]\\s?\\d{1,4}){0,30})\\](?![(:\\[])");
  private static final String NAME = "\\p{Lu}[\\p{L}'’-]{1,40}";
  private static final Pattern AUTHOR_YEAR =
      Pattern.compile(
          "("
              + NAME
              + ")(?:(?:,? (?:&|and|und) "
              + NAME
              + ")|(?:,? et al\\.?)|(?:, "
              + NAME
              + ")){0,3}(?:,? \\(?|, )((?:1[5-9]|20)\\d\\d[a-z]?)(?=[,;:) ])");
  private static final Pattern HEADING =
      Pattern.compile(
          "(?i)^\\s{0,3}(?:#{1,6}\\s*|\\\\section\\*?\\{)?(?:\\d{1,2}\\.?\\s+)?(?:references|bibliography|works cited|literature(?: cited)?|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?)\\}?\\s*:?\\s*$");
  private static final Pattern LISTED_NUMBER =
      Pattern.compile("^\\s{0,4}(?:\\[(\\d{1,4})\\]:?|(\\d{1,4})\\.)\\s+(\\S.*)$");
  private static final Pattern LISTED_AUTHOR =
      Pattern.compile(
          "^\\s{0,4}(?:[-*]\\s+)?(" + NAME + "),? .{0,400}?\\(?\\b((?:1[5-9]|20)\\d\\d[a-z]?)\\b");
  private static final Pattern QUOTE = Pattern.compile("[\"“]([^\"“”]{30,600})[\"”]");
  private static final Pattern COUNT =
      Pattern.compile(
          "(?i)\\b\\d{1,3}(?:[.,]\\d{1,3})?\\s?(?:%|per ?cent)|\\b(?:studies|research|surveys?|evidence|experts?) (?:shows?|suggests?|finds?|found|proves?|indicates?)\\b");
  private static final Pattern DOI = Pattern.compile("\\b(10\\.\\d{4,9}/[^\\s\"<>]{1,200})");

  /** A sentence that should have a citation. */
  record Claim(int line, boolean quotes, String text) {}

  static Manuscript of(String text) {
    Reader reader = new Reader();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      reader.line(number, Printable.line(line, 20_000));
    }
    reader.endEntry();
    reader.endParagraph();
    return new Manuscript(
        List.copyOf(reader.citations),
        List.copyOf(reader.listed),
        List.copyOf(reader.claims),
        reader.words);
  }

  /** A family name and year as keys compare them: without accents and case. */
  static String authorYear(String family, String year) {
    String plain = Normalizer.normalize(family, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    return plain.toLowerCase(Locale.ROOT).replace('’', '\'') + " " + year;
  }

  /** Reads line by line. Owned by one thread. */
  private static final class Reader {
    private final List<Citation> citations = new ArrayList<>();
    private final List<Reference> listed = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final StringBuilder paragraph = new StringBuilder();
    private final List<Integer> starts = new ArrayList<>();
    private final StringBuilder entry = new StringBuilder();
    private int entryLine;
    private int firstLine;
    private int words;
    private boolean inList;
    private boolean fenced;

    void line(int number, String line) {
      if (line.startsWith("```")) {
        fenced = !fenced;
      } else if (HEADING.matcher(line).matches()) {
        endParagraph();
        inList = true;
      } else if (inList && line.startsWith("#")) {
        endEntry();
        inList = false;
      } else if (inList) {
        reference(number, line);
      } else if (line.isBlank() || line.startsWith("#") || fenced) {
        endParagraph();
      } else {
        firstLine = paragraph.isEmpty() ? number : firstLine;
        starts.add(paragraph.length());
        paragraph.append(line).append(' ');
        words += line.strip().split("\\s+", -1).length;
      }
    }

    private void reference(int number, String line) {
      boolean begins = LISTED_NUMBER.matcher(line).matches() || LISTED_AUTHOR.matcher(line).find();
      if (line.isBlank() || begins) {
        endEntry();
      }
      if (!line.isBlank()) {
        entryLine = entry.isEmpty() ? number : entryLine;
        entry.append(entry.isEmpty() ? "" : " ").append(line.strip());
      }
    }

    void endEntry() {
      if (!entry.isEmpty()) {
        listed(entry.toString(), entryLine).ifPresent(listed::add);
        entry.setLength(0);
      }
    }

    private static Optional<Reference> listed(String text, int line) {
      Map<String, String> fields = new HashMap<>();
      Matcher doi = DOI.matcher(text);
      if (doi.find()) {
        fields.put("doi", doi.group(1).replaceFirst("[.,;)]+$", ""));
      }
      Matcher author = LISTED_AUTHOR.matcher(text.replaceFirst("^\\[?\\d{1,4}[\\].]\\s*", ""));
      if (author.find()) {
        fields.put("year", author.group(2));
      }
      Matcher number = LISTED_NUMBER.matcher(text);
      if (number.matches()) {
        String key = number.group(1) == null ? number.group(2) : number.group(1);
        return Optional.of(new Reference(key, line, "", fields, text));
      }
      return author.reset().find()
          ? Optional.of(
              new Reference(authorYear(author.group(1), author.group(2)), line, "", fields, text))
          : Optional.empty();
    }

    void endParagraph() {
      if (!paragraph.isEmpty()) {
        String text = paragraph.toString();
        cite(text);
        claims(text);
      }
      paragraph.setLength(0);
      starts.clear();
    }

    private int lineAt(int offset) {
      int index = 0;
      while (index + 1 < starts.size() && starts.get(index + 1) <= offset) {
        index++;
      }
      return firstLine + index;
    }

    private void cite(String text) {
      Matcher latex = LATEX.matcher(text);
      while (latex.find()) {
        for (String key : latex.group(1).split(",", -1)) {
          add(key.strip(), lineAt(latex.start()), Style.KEY, latex.group());
        }
      }
      Matcher pandoc = PANDOC.matcher(text);
      while (pandoc.find()) {
        add(pandoc.group(1), lineAt(pandoc.start()), Style.KEY, pandoc.group());
      }
      Matcher number = NUMBER.matcher(text);
      while (number.find()) {
        numbers(number.group(1), lineAt(number.start()), number.group());
      }
      Matcher author = AUTHOR_YEAR.matcher(text);
      while (author.find()) {
        add(
            authorYear(author.group(1), author.group(2)),
            lineAt(author.start()),
            Style.AUTHOR_YEAR,
            author.group());
      }
    }

    private void numbers(String text, int line, String shown) {
      for (String part : text.split("[,;]", -1)) {
        String[] ends = part.strip().split("\\s?[–-]\\s?", -1);
        int from = Integer.parseInt(ends[0].strip());
        int to = ends.length > 1 ? Integer.parseInt(ends[1].strip()) : from;
        for (int i = from; i <= Math.min(to, from + RANGE_MAX); i++) {
          add(String.valueOf(i), line, Style.NUMBER, shown);
        }
      }
    }

    private void add(String key, int line, Style style, String shown) {
      if (!key.isEmpty() && !key.equals("*") && citations.size() < CITATIONS_MAX) {
        citations.add(new Citation(Printable.name(key), line, style, Printable.line(shown, 120)));
      }
    }

    private void claims(String text) {
      int start = 0;
      for (String sentence : text.split("(?<=[.!?]|[.!?][\"”]) (?=[\\p{Lu}\\d\"“])", -1)) {
        Matcher quote = QUOTE.matcher(sentence);
        boolean quotes = quote.find() && quote.group(1).split(" ", -1).length >= 8;
        boolean cites =
            LATEX.matcher(sentence).find()
                || PANDOC.matcher(sentence).find()
                || NUMBER.matcher(sentence).find()
                || AUTHOR_YEAR.matcher(sentence).find();
        if (!cites && (quotes || COUNT.matcher(sentence).find()) && claims.size() < CLAIMS_MAX) {
          claims.add(new Claim(lineAt(start), quotes, Printable.line(sentence.strip(), 120)));
        }
        start += sentence.length() + 1;
      }
    }
  }
}
