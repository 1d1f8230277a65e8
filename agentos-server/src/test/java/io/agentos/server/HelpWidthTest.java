package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What stands below the options of a help text is shown as it is written, in a terminal of 80. */
final class HelpWidthTest {
  private static final int COLUMNS_MAX = 79;
  private static final String TEXT = "\"(?:\\\\.|[^\"\\\\])*+\"";
  private static final Pattern FOOTER =
      Pattern.compile("footer\\s*=\\s*\\{\\s*(" + TEXT + "(?:\\s*[,+]\\s*" + TEXT + ")*+)\\s*\\}");

  @Test
  void footers_wrapNowhere() throws IOException {
    List<String> wide = new ArrayList<>();
    int lines = 0;
    for (SourceTree.Source source : SourceTree.main("agentos-server")) {
      Matcher footers = FOOTER.matcher(source.text());
      while (footers.find()) {
        Matcher texts = Pattern.compile(TEXT).matcher(footers.group(1));
        while (texts.find()) {
          lines++;
          String line = shown(texts.group());
          if (line.length() > COLUMNS_MAX) {
            wide.add(source.name() + ": " + line);
          }
        }
      }
    }
    assertThat(wide).isEmpty();
    assertThat(lines).isGreaterThan(200);
  }

  private static String shown(String literal) {
    return literal
        .substring(1, literal.length() - 1)
        .replace("%n", "")
        .replace("%%", "%")
        .replace("\\\"", "\"")
        .replace("\\\\", "\\");
  }
}
