package io.agentos.runtime.definitions;

import io.agentos.api.AgentId;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.Message;
import io.agentos.api.ToolCall;
import io.agentos.runtime.definitions.EvalDefinition.Case;
import io.agentos.runtime.definitions.EvalDefinition.Task;
import io.agentos.runtime.definitions.EvalDefinition.Turn;
import io.agentos.runtime.definitions.EvalExpectation.Approval;
import io.agentos.runtime.definitions.EvalExpectation.Call;
import io.agentos.runtime.definitions.EvalExpectation.Child;
import io.agentos.runtime.definitions.EvalExpectation.Finding;
import io.agentos.runtime.definitions.EvalExpectation.Text;
import io.agentos.runtime.json.CanonicalJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes an eval of its document, and checks what a schema cannot. */
final class EvalReader {
  private static final String DIGEST = "systemSha256";
  private static final String TURNS = "turns";
  private static final String RECORDING = "recording";

  private final AgentDefinition agent;
  private final PackFiles files;
  private final Problems problems;

  EvalReader(AgentDefinition agent, PackFiles files, Problems problems) {
    this.agent = agent;
    this.files = files;
    this.problems = problems;
  }

  EvalDefinition read(Section document) {
    Section metadata = document.section("metadata");
    if (!metadata.text("name").equals(agent.id().agent())) {
      metadata.problem(
          "name",
          "found '%s'; allowed: '%s', as the file is named"
              .formatted(metadata.text("name"), agent.id().agent()));
    }
    Section spec = document.section("spec");
    checkDigest(spec);
    List<Case> cases = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section one : spec.sections("cases")) {
      if (!names.add(one.text("name"))) {
        one.problem(
            "name",
            "found '%s' a second time; allowed: each name once".formatted(one.text("name")));
      }
      cases.add(one(one));
    }
    return new EvalDefinition(agent.id(), document.file(), metadata.text("description"), cases);
  }

  /** Turns that answer another prompt prove nothing about this one. */
  private void checkDigest(Section spec) {
    String found = spec.text(DIGEST);
    switch (agent.body()) {
      case WorkflowAgent _ -> {
        if (!found.isEmpty()) {
          spec.problem(DIGEST, "found for a workflow, which has no prompt; allowed: nothing");
        }
      }
      case LlmAgent llm -> {
        String wanted = CanonicalJson.sha256(llm.system());
        if (!found.equals(wanted)) {
          spec.problem(
              DIGEST,
              "found '%s', but the prompt of %s has %s: read whether the turns are still what a model would answer to it, then run 'agentos pack rehash %s'"
                  .formatted(found, agent.id(), wanted, files.folder()));
        }
      }
    }
  }

  private Case one(Section one) {
    Map<AgentId, String> parts = new LinkedHashMap<>();
    one.section("parts").textMembers().forEach((id, name) -> parts.put(AgentId.parse(id), name));
    return new Case(
        one.text("name"),
        one.text("description"),
        one.text("hard"),
        task(one.section("task")),
        turns(one),
        one.has(RECORDING),
        parts,
        expectation(one.section("expect")));
  }

  private Task task(Section task) {
    for (String kind : List.of("input", "files", "folders")) {
      Section inputs = task.section(kind);
      for (String name : inputs.members().keySet()) {
        if (!agent.inputs().containsKey(name)) {
          inputs.problem(name, AgentReader.unknown("input", name, agent.inputs().keySet()));
        }
      }
    }
    return new Task(
        task.text("text"),
        task.plainMembers("input"),
        task.section("files").textMembers(),
        task.section("folders").textMembers(),
        task.section("write").textMembers());
  }

  private List<Turn> turns(Section one) {
    boolean llm = agent.body() instanceof LlmAgent;
    int given = (one.has(TURNS) ? 1 : 0) + (one.has(RECORDING) ? 1 : 0);
    if (given != (llm ? 1 : 0)) {
      one.problem(
          given == 0 ? "name" : one.has(TURNS) ? TURNS : RECORDING,
          llm
              ? "found %s; allowed: either turns or a recording"
                  .formatted(given == 0 ? "neither turns nor a recording" : "both")
              : "found for a workflow, which asks no model; allowed: nothing");
    }
    return one.has(RECORDING) ? recorded(one) : turnsOf(one);
  }

  private List<Turn> recorded(Section one) {
    String path = one.text(RECORDING);
    byte[] content = files.contents().get(path);
    if (content == null) {
      one.problem(RECORDING, "found '%s'; %s does not exist".formatted(path, files.label(path)));
      return List.of();
    }
    return Definitions.read(files.label(path), content, DocumentKind.RECORDING, problems)
        .map(document -> turnsOf(document.section("spec")))
        .orElse(List.of());
  }

  private static List<Turn> turnsOf(Section spec) {
    List<Turn> turns = new ArrayList<>();
    for (Section turn : spec.sections(TURNS)) {
      List<ToolCall> calls = new ArrayList<>();
      for (Section call : turn.sections("toolCalls")) {
        String id = "call_%d_%d".formatted(turns.size() + 1, calls.size() + 1);
        calls.add(new ToolCall(id, call.text("tool"), call.plainMembers("arguments")));
      }
      StopReason usual = calls.isEmpty() ? StopReason.END : StopReason.TOOL_CALLS;
      StopReason stop =
          turn.has("stopReason")
              ? StopReason.valueOf(turn.text("stopReason").toUpperCase(Locale.ROOT))
              : usual;
      turns.add(new Turn(new Message.Assistant(turn.text("text"), calls), stop));
    }
    return turns;
  }

  private static EvalExpectation expectation(Section expect) {
    Section output = expect.section("output");
    return new EvalExpectation(
        expect.text("state"),
        expect.text("code"),
        expect.sections("calls").stream().map(EvalReader::call).toList(),
        expect.sections("gates").stream()
            .map(gate -> new Finding(gate.text("gate"), gate.text("verdict")))
            .toList(),
        expect.sections("approvals").stream()
            .map(asked ->
                new Approval(
                    asked.text("tool"),
                    asked.text("by"),
                    asked.text("decide"),
                    asked.text("comment")))
            .toList(),
        expect.sections("children").stream()
            .map(child ->
                new Child(
                    AgentId.parse(child.text("agent")),
                    child.text("state"),
                    child.text("provider")))
            .toList(),
        new Text(output.texts("contains"), output.texts("lacks"), output.texts("sections")));
  }

  private static Call call(Section call) {
    return new Call(
        call.text("tool"),
        call.plainMembers("arguments"),
        call.has("outcome") ? call.text("outcome") : "ok");
  }
}
