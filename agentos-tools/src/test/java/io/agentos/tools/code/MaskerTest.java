package io.agentos.tools.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MaskerTest {

  @Test
  void mask_commentsAndStrings_areTold() {
    Masker.Masked masked =
        Masker.mask(
            "int a = 1; // one \"x\"\nString b = \"// no\"; /* two\n */ c();\n", Syntax.JAVA);
    assertThat(masked.code())
        .isEqualTo("int a = 1;           \nString b = \"      ;       \n    c();\n");
    assertThat(masked.comments())
        .isEqualTo("           // one \"x\"\n                    /* two\n */     \n");
  }

  @Test
  void mask_quotesOfOneLine_endWithTheLine() {
    assertThat(Masker.mask("it's\nfoo { }\n", Syntax.C).code())
        .isEqualTo("it\"\nfoo { }\n".replace("\"", "\" "));
  }

  @Test
  void mask_nestedComments_whereTheLanguageHasThem() {
    String text = "/* a /* b */ c */ d";
    assertThat(Masker.mask(text, Syntax.KOTLIN).code().strip()).isEqualTo("d");
    assertThat(Masker.mask(text, Syntax.JAVA).code().strip()).isEqualTo("c */ d");
  }

  @Test
  void mark_onlyInComments() {
    String text = "String todo = \"TODO no\"; // FIXME yes */\n/* HACK\n * XXX two */ int TODO;\n";
    assertThat(Mark.in("a.java", Masker.mask(text, Syntax.JAVA).comments()))
        .containsExactly(
            new Mark("a.java", 1, "FIXME", "FIXME yes"),
            new Mark("a.java", 2, "HACK", "HACK"),
            new Mark("a.java", 3, "XXX", "XXX two"));
  }
}
