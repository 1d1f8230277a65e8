package io.agentos.tools.contracts;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.contracts.Contract.Paragraph;
import io.agentos.tools.contracts.Topic.Kind;
import io.agentos.tools.files.GivenText;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.TextTool;
import io.agentos.tools.files.WorkspaceTool;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Report;
import io.agentos.tools.findings.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tool {@code contracts.check_clauses}. */
final class ClauseCheck implements TextTool.Work {
  private static final GivenText.Kind CONTRACT =
      new GivenText.Kind("the contract", List.of(".txt", ".md"), 2 * 1024 * 1024);
  private static final Pattern NDA =
      Pattern.compile("(?i)non-?disclosure agreement|confidentiality agreement");
  private static final Pattern SAAS =
      Pattern.compile(
          "(?i)software as a service|\\bSaaS\\b|subscription (?:agreement|term)|hosted service|availability of the service");
  private static final Pattern SERVICES =
      Pattern.compile(
          "(?i)(?:services|consulting|consultancy|contractor|supply|purchase) agreement|statement of work");

  static ToolSpec spec() {
    return WorkspaceTool.readOnly(
        "contracts.check_clauses",
        "Reads a contract in English by a checklist: clauses that are missing for its kind, that only"
            + " one side has, or that are dangerous; references to nothing, numbers that contradict"
            + " each other, places left open. Gives no legal advice.",
        InputSchema.empty()
            .text(
                "contract",
                "The contract as text, or a file that ends in .txt or .md",
                CONTRACT.bytesMax())
            .required("contract")
            .text("kind", "nda, services, saas or other; told by its words when left out", 20),
        Duration.ofMinutes(1));
  }

  @Override
  public ToolResult run(ToolArguments arguments, TextTool.Texts texts) throws IOException {
    GivenText given = texts.read(arguments.text("contract"), CONTRACT);
    Contract contract = Contract.of(given.text());
    if (contract.words() < 40) {
      throw new AgentOsException(
          ErrorCode.INVALID_INPUT,
          "Found %s where a contract was wanted. Give its whole text; from a PDF or Word file, save it as plain text first."
              .formatted(Words.count(contract.words(), "word")));
    }
    Kind kind = kind(arguments.optionalText("kind"), contract);
    List<Finding> findings = new ArrayList<>();
    Map<Topic, Optional<Paragraph>> topics = new LinkedHashMap<>();
    for (Topic topic : Topic.of(kind)) {
      Optional<Paragraph> first = contract.first(topic.pattern());
      topics.put(topic, first);
      if (first.isEmpty()) {
        findings.add(missing(topic, kind));
      }
    }
    findings.addAll(Danger.findings(contract));
    findings.addAll(Balance.findings(contract));
    findings.addAll(Consistency.findings(contract));
    Report report =
        new Report("Clause check" + (given.name().isEmpty() ? "" : ": " + given.name()));
    report.findings(findings);
    write(report, contract, kind, topics);
    return report.result();
  }

  private static Kind kind(Optional<String> named, Contract contract) {
    if (named.isPresent()) {
      return Kind.named(named.get())
          .orElseThrow(() ->
              new AgentOsException(
                  ErrorCode.INVALID_INPUT,
                  "Found the kind '%s'; allowed: nda, services, saas, other."
                      .formatted(Words.code(named.get()).replace("`", ""))));
    }
    if (contract.first(NDA).isPresent()) {
      return Kind.NDA;
    }
    if (contract.first(SAAS).isPresent()) {
      return Kind.SAAS;
    }
    return contract.first(SERVICES).isPresent() ? Kind.SERVICES : Kind.OTHER;
  }

  private static Finding missing(Topic topic, Kind kind) {
    return new Finding(
        "missing-" + topic.id(),
        topic.severity(),
        Place.named("the whole text"),
        "Nothing is said about %s, which a contract of the kind %s should have."
            .formatted(topic.title(), Words.code(kind.id())),
        topic.why(),
        topic.fix());
  }

  private static void write(
      Report report, Contract contract, Kind kind, Map<Topic, Optional<Paragraph>> topics) {
    long there = topics.values().stream().filter(Optional::isPresent).count();
    report.summary(
        "Read as %s with %s in %s; %d of %d topics of the checklist are there."
            .formatted(
                Words.code(kind.id()),
                Words.count(contract.words(), "word"),
                Words.count(contract.paragraphs().size(), "paragraph"),
                there,
                topics.size()));
    Map<String, Balance.Share> shares = Balance.shares(contract);
    report.table(
        "Who must and who may",
        List.of("Party", "Duties", "Rights"),
        shares.entrySet().stream()
            .map(one ->
                List.of(
                    Words.code(one.getKey()),
                    String.valueOf(one.getValue().duties()),
                    String.valueOf(one.getValue().rights())))
            .toList());
    report.table(
        "Checklist",
        List.of("Topic", "Where"),
        topics.entrySet().stream()
            .map(one ->
                List.of(
                    one.getKey().title(),
                    one.getValue()
                        .map(
                            paragraph -> "line %d %s".formatted(paragraph.line(), paragraph.name()))
                        .orElse("**missing**")))
            .toList());
    tell(report, contract, kind, topics);
  }

  private static void tell(
      Report report, Contract contract, Kind kind, Map<Topic, Optional<Paragraph>> topics) {
    report.field("kind", kind.id());
    report.field("parties", contract.parties());
    Map<String, @Nullable Object> checklist = new LinkedHashMap<>();
    topics.forEach((topic, paragraph) ->
        checklist.put(topic.id().replace('-', '_'), paragraph.map(Paragraph::line).orElse(0)));
    report.field("checklist_lines", checklist);
    if (contract.parties().size() != 2) {
      report.note(
          "Two parties were not found by names such as (the \"Customer\"), but %d; what is one-sided was not checked."
              .formatted(contract.parties().size()));
    }
    if (contract.paragraphs().size() == Contract.PARAGRAPHS_MAX) {
      report.note("Only the first %d paragraphs were read.".formatted(Contract.PARAGRAPHS_MAX));
    }
    report.note(
        "This finds words, not meaning, and is no legal advice. A clause that is there may still be a"
            + " bad one. Have a lawyer of the law that governs it read what matters.");
  }
}
