package io.agentos.runtime.definitions;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.Zone;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an agent of its document, and checks what a schema cannot: that names lead somewhere. */
final class AgentReader {
  static final int PROMPT_LENGTH_MAX = 100_000;

  private final Section spec;
  private final Map<String, InputDefinition> inputs = new LinkedHashMap<>();
  private final List<String> tools;

  private AgentReader(Section spec) {
    this.spec = spec;
    this.tools = spec.texts("tools");
  }

  /** The agent; its problems go where those of the document went. */
  static AgentDefinition read(AgentId id, Section document, PackFiles files, PackGates gates) {
    Section metadata = document.section("metadata");
    String name = metadata.text("name");
    if (!name.equals(id.agent())) {
      metadata.problem(
          "name", "found '%s'; allowed: '%s', as the file is named".formatted(name, id.agent()));
    }
    return new AgentReader(document.section("spec"))
        .read(id, metadata.text("description"), files, gates);
  }

  private AgentDefinition read(AgentId id, String description, PackFiles files, PackGates gates) {
    spec.section("inputs").members().forEach((name, input) -> inputs.put(name, input(input)));
    checkExactlyOneOf();
    AgentBody body = spec.text("type").equals("llm") ? llm(files) : workflow();
    return new AgentDefinition(
        id,
        description,
        constant(Zone.class, spec.text("zone")),
        spec.texts("taskTypes"),
        spec.texts("keywords"),
        inputs,
        spec.texts("exactlyOneOf"),
        tools,
        AgentLimits.of(spec.section("limits")),
        body,
        gates.of(id, spec));
  }

  private static InputDefinition input(Section input) {
    return new InputDefinition(
        constant(InputDefinition.Type.class, input.text("type")),
        input.has("format")
            ? constant(InputDefinition.Format.class, input.text("format"))
            : InputDefinition.Format.TEXT,
        input.flag("required"),
        input.text("description"));
  }

  private void checkExactlyOneOf() {
    List<String> names = spec.texts("exactlyOneOf");
    for (int i = 0; i < names.size(); i++) {
      InputDefinition input = inputs.get(names.get(i));
      if (input == null) {
        spec.problem("exactlyOneOf", i, unknown("input", names.get(i), inputs.keySet()));
      } else if (input.required()) {
        spec.problem(
            "exactlyOneOf",
            i,
            "found '%s', which is required; allowed: optional inputs".formatted(names.get(i)));
      }
    }
  }

  private LlmAgent llm(PackFiles files) {
    Section output = spec.section("output");
    OutputRules rules =
        new OutputRules(
            output.texts("requiredSections"),
            output.number("lengthMax").map(Math::toIntExact).orElse(OutputRules.LENGTH_MAX));
    return new LlmAgent(
        spec.texts("models"),
        RoutingReader.routing(spec),
        RoutingReader.generation(spec),
        prompt(files),
        rules);
  }

  private String prompt(PackFiles files) {
    String name = spec.text("system");
    byte[] content = files.contents().get(name);
    if (content == null) {
      spec.problem(
          "system",
          "found '%s'; allowed: a file of the pack, such as prompts/NAME.md".formatted(name));
      return "";
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      if (text.isBlank() || text.length() > PROMPT_LENGTH_MAX) {
        spec.problem(
            "system",
            "found a file of %d characters; allowed: 1 to %d"
                .formatted(text.strip().length(), PROMPT_LENGTH_MAX));
      }
      return text;
    } catch (CharacterCodingException e) {
      spec.problem("system", "found a file that is not UTF-8; allowed: text in UTF-8");
      return "";
    }
  }

  private WorkflowAgent workflow() {
    List<StepDefinition> steps = new ArrayList<>();
    Set<String> names = new HashSet<>();
    TemplateCheck check = new TemplateCheck(inputs.keySet(), steps);
    for (Section section : spec.sections("steps")) {
      StepDefinition step = step(section, check);
      if (!names.add(step.name())) {
        section.problem(
            "name", "found '%s' a second time; allowed: each name once".formatted(step.name()));
      }
      steps.add(step);
    }
    return new WorkflowAgent(steps, output(steps.getLast(), check));
  }

  private StepDefinition step(Section section, TemplateCheck check) {
    String name = section.text("name");
    if (section.has("template")) {
      check.value(section, "template", section.plain("template"));
      return new StepDefinition.TemplateStep(name, section.text("template"));
    }
    String tool = section.text("tool");
    if (!tools.contains(tool)) {
      section.problem("tool", unknown("tool", tool, tools));
    }
    Map<String, @Nullable Object> arguments = section.plainMembers("arguments");
    check.value(section, "arguments", arguments);
    return new StepDefinition.ToolStep(name, tool, arguments);
  }

  private OutputTemplate output(StepDefinition last, TemplateCheck check) {
    Section output = spec.section("output");
    if (!spec.has("output")) {
      String reference = "${steps." + last.name();
      return switch (last) {
        case StepDefinition.ToolStep _ ->
            new OutputTemplate(reference + ".text}", reference + ".fields}");
        case StepDefinition.TemplateStep _ -> new OutputTemplate(reference + ".text}", null);
      };
    }
    Object fields = output.plain("fields");
    check.value(output, "text", output.text("text"));
    check.value(output, "fields", fields);
    if (fields instanceof String text && !whole(text)) {
      output.problem(
          "fields", "found %s; allowed: one reference, or a map".formatted(Problems.quoted(text)));
    }
    return new OutputTemplate(output.text("text"), fields);
  }

  private static boolean whole(String template) {
    try {
      return TemplateParts.of(template).whole() != null;
    } catch (AgentOsException e) {
      return true; // the check of the template has told it
    }
  }

  private static String unknown(String what, String name, Collection<String> known) {
    return "unknown %s '%s'; allowed: %s%s"
        .formatted(
            what,
            name,
            known.isEmpty() ? "none is declared" : String.join(", ", known),
            Nearest.hint(name, known));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }
}
