package io.agentos.tools.citations;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.findings.Found;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CiteCheckTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "research");

  private static ToolResult check(String... namesAndValues) {
    return Call.tool(
        CitationTools.tools(FileRoots.of(List.of(EXAMPLES))),
        "citations.check",
        (Object[]) namesAndValues);
  }

  @Test
  void example_everyFault_namedAndNothingElse() {
    ToolResult result = check("text", "queues.md", "references", "queues.bib");

    assertThat(Found.in(result))
        .containsExactly(
            "high cited-not-listed queues.md:4",
            "high cited-not-listed queues.md:13",
            "high entry-broken queues.bib:66",
            "high key-twice queues.bib:60",
            "medium field-missing queues.bib:40",
            "medium identifier-wrong queues.bib:32",
            "medium identifier-wrong queues.bib:40",
            "medium pages-reversed queues.bib:4",
            "medium quote-without-source queues.md:7",
            "medium work-twice queues.bib:24",
            "low claim-without-source queues.md:6",
            "low claim-without-source queues.md:8",
            "low listed-not-cited queues.bib:24",
            "low listed-not-cited queues.bib:32",
            "low no-access-date queues.bib:47",
            "low number-out-of-order queues.md:13",
            "low styles-mixed queues.md:13");
    assertThat(Found.field(result, "cited-not-listed", "queues.md:4", "what"))
        .isEqualTo(
            "`@kleinrok1975` is cited 1 time and not among the references; there is"
                + " `kleinrock1975`.");
    assertThat(result.fields())
        .containsEntry("citations", 8)
        .containsEntry("references", 8)
        .containsEntry("references_cited", 6L);
  }

  @Test
  void latex_inAllItsForms_isUnderstood() {
    ToolResult result =
        check(
            "text",
            "As \\citet{a} and \\parencite[see][p.~3]{b, c} say. \\nocite{*}\n",
            "references",
            "@misc{a, title={A}} @misc{b, title={B}} @misc(c, title=\"C\") @misc{d, title={D}}");

    assertThat(Found.in(result)).containsExactly("low listed-not-cited references:1");
  }

  @Test
  void authorAndYear_withListAtTheEnd_isUnderstood() {
    ToolResult result =
        check(
            "text",
            """
            Waiting hurts (Müller, 2019; Doe & Roe, 2020). Smith et al. (2021) disagree, and so
            does O'Neil (2018).

            ## References

            Doe, J., & Roe, R. (2020). A title. Journal, 1(2), 3-4.

            Müller, A. (2019). Another title. https://doi.org/10.1234/abc.

            Smith, B., Jones, C., & Brown, D. (2020). A third title.
            """);

    assertThat(Found.in(result))
        .containsExactly(
            "high cited-not-listed line 1",
            "high cited-not-listed line 2",
            "low listed-not-cited line 10");
    assertThat(Found.field(result, "cited-not-listed", "line 1", "what"))
        .isEqualTo(
            "`Smith et al. (2021` is cited 1 time and not among the references; there is"
                + " `smith 2020`.");
  }

  @Test
  void numbers_withRangesAndAList_areUnderstood() {
    ToolResult result =
        check(
            "text",
            """
            One [1], more [2, 3] and a range [4–6]. A [link](https://x.example) and code[7].

            References
            [1] A. One, "First", 2001.
            [2] B. Two, "Second", 2002, doi: 10.1000/xyz.
            [3] C. Three, "Third", 2003, doi: 10.1000/xyz.
            [4] D. Four, "Fourth",
                continued on a second line, 2004.
            [5] E. Five, "Fifth", 2005.
            [7] G. Seven, "Seventh", 2007.
            """);

    assertThat(Found.in(result))
        .containsExactly(
            "high cited-not-listed line 1",
            "medium work-twice line 6",
            "low listed-not-cited line 10");
  }

  @Test
  void authorAndYear_againstBibtex_match() {
    ToolResult result =
        check(
            "text",
            "As Erlang (1909) shows (Little, 1961).",
            "references",
            "@article{e, author={Agner Erlang}, title={T}, journal={J}, year=1909}\n"
                + "@article{l, author={Little, John}, title={U}, journal={J}, year={1961}}");

    assertThat(Found.in(result)).isEmpty();
  }

  @Test
  void identifiers_areCheckedByTheirDigits() {
    assertThat(Identifiers.isIsbn("0-306-40615-2")).isTrue();
    assertThat(Identifiers.isIsbn("978-0-306-40615-7")).isTrue();
    assertThat(Identifiers.isIsbn("978-0-306-40615-8")).isFalse();
    assertThat(Identifiers.isIsbn("0-8044-2957-X")).isTrue();
    assertThat(Identifiers.isIssn("0378-5955")).isTrue();
    assertThat(Identifiers.isIssn("0378-5954")).isFalse();
    assertThat(Identifiers.isDoi("10.1000/182")).isTrue();
    assertThat(Identifiers.isDoi("1000/182")).isFalse();
    assertThat(Identifiers.isArxiv("2101.00001v2")).isTrue();
    assertThat(Identifiers.isArxiv("21.1")).isFalse();
  }

  @Test
  void bibtex_brokenAndHostile_staysBounded() {
    assertThat(Bibtex.read("@").references()).isEmpty();
    assertThat(Bibtex.read("@article{").faults()).hasSize(1);
    assertThat(Bibtex.read("@article{a, title = {" + "{".repeat(100_000)).faults()).hasSize(1);
    assertThat(Bibtex.read("@string{x = \"y\"} @misc{a, title = x # { z}}").references())
        .singleElement()
        .satisfies(one -> assertThat(one.field("title")).contains("y z"));
    assertThat(Bibtex.read("@article{a,\n title = {never closed\n@misc{b, title={B}}"))
        .satisfies(read -> {
          assertThat(read.faults())
              .singleElement()
              .satisfies(one ->
                  assertThat(one.what())
                      .isEqualTo(
                          "the entry a is not closed, or a comma or brace is missing in it"));
          assertThat(read.references()).extracting(Reference::key).containsExactly("b");
        });
  }

  @Test
  void nothingToCheck_saysWhatWasWanted() {
    Found.assertFailure(
        check("text", "Just words."),
        "Found neither citations nor references. Wanted \\cite{key}, [@key], [1] or (Name, 2020) in"
            + " the text, and BibTeX or a section called References.");
    Found.assertFailure(
        check("text", "A [@b].", "references", "no entries here"),
        "Found no BibTeX entry such as @article{key, …} in the references. Give a .bib file.");
  }

  @Test
  void hugeText_staysBounded() {
    ToolResult result =
        check(
            "text", "\\cite{".repeat(50_000) + " [1-9999] ".repeat(20_000) + "\"q ".repeat(50_000));

    assertThat(result.text().length()).isLessThan(ToolResult.TEXT_LENGTH_MAX);
  }
}
