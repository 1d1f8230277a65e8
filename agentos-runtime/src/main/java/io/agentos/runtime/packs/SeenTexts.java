package io.agentos.runtime.packs;

import io.agentos.api.Request;
import io.agentos.api.Seen;
import io.agentos.api.ToolResult;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.StepDefinition;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.runtime.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one task has read so far. Filled from results that the journal remembers, so that a replay
 * fills it alike.
 *
 * <p>Not thread-safe: one task, one thread.
 */
final class SeenTexts {
  private static final String REFERENCE = "${";

  private Seen seen;

  /**
   * Nothing read yet but an input that is not the caller's own word; what the agent's definition
   * hands to tools by itself is known.
   */
  SeenTexts(AgentDefinition agent, Request request) {
    // A workflow's steps were decided by whoever wrote it.
    Seen.Intent intent = new Seen.Intent(List.of(), agent.body() instanceof WorkflowAgent);
    this.seen = new Seen(given(request), declared(agent), true, intent);
  }

  /** A model asks for these tools; what it has read until now may be why. */
  void wished(List<String> tools) {
    boolean unswayed = seen.isEmpty();
    TreeSet<String> before = new TreeSet<>(seen.intent().tools());
    if (unswayed) {
      before.addAll(tools);
    }
    seen = seen.with(new Seen.Intent(List.copyOf(before), unswayed));
  }

  /** What was read, and where it comes from. */
  Seen now() {
    return seen;
  }

  /** Adds what a tool answered. */
  void add(String tool, ToolResult result) {
    String fields = result.fields().isEmpty() ? "" : "\n" + Json.write(result.fields());
    seen = seen.and(new Seen.Text("tool:" + tool, result.text() + fields));
  }

  /** The input once for each of its origins, with its text at the first. */
  private static List<Seen.Text> given(Request request) {
    List<Seen.Text> texts = new ArrayList<>();
    for (String origin : request.mandate().taint()) {
      String text = texts.isEmpty() ? Json.write(request.input().asFields()) : "";
      texts.add(new Seen.Text(origin, text));
    }
    return texts;
  }

  private static List<String> declared(AgentDefinition agent) {
    List<String> declared = new ArrayList<>();
    switch (agent.body()) {
      case LlmAgent _ -> {}
      case WorkflowAgent workflow -> {
        for (StepDefinition step : workflow.steps()) {
          switch (step) {
            case StepDefinition.ToolStep tool -> collect(tool.arguments(), declared);
            case StepDefinition.AgentStep part -> collect(part.input(), declared);
            case StepDefinition.ForkStep fork ->
                fork.branches().forEach(part -> collect(part.input(), declared));
            case StepDefinition.TemplateStep _ -> {}
          }
        }
      }
    }
    return declared;
  }

  private static void collect(@Nullable Object value, List<String> declared) {
    switch (value) {
      case String text when !text.contains(REFERENCE) -> declared.add(text);
      case Map<?, ?> map -> map.values().forEach(member -> collect(member, declared));
      case List<?> list -> list.forEach(item -> collect(item, declared));
      case null, default -> {}
    }
  }
}
