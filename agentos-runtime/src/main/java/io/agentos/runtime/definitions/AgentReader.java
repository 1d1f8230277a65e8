package io.agentos.runtime.definitions;

import io.agentos.api.AgentId;
import io.agentos.api.Zone;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes an agent of its document, and checks what a schema cannot: that names lead somewhere. */
final class AgentReader {
  static final int PROMPT_LENGTH_MAX = 100_000;

  private final Section spec;
  private final Map<String, InputDefinition> inputs = new LinkedHashMap<>();
  private final AgentId id;

  private AgentReader(AgentId id, Section spec) {
    this.id = id;
    this.spec = spec;
  }

  /** The agent; its problems go where those of the document went. */
  static AgentDefinition read(AgentId id, Section document, PackFiles files, PackGates gates) {
    Section metadata = document.section("metadata");
    String name = metadata.text("name");
    if (!name.equals(id.agent())) {
      metadata.problem(
          "name", "found '%s'; allowed: '%s', as the file is named".formatted(name, id.agent()));
    }
    return new AgentReader(id, document.section("spec"))
        .read(metadata.text("description"), files, gates);
  }

  private AgentDefinition read(String description, PackFiles files, PackGates gates) {
    spec.section("inputs").members().forEach((name, input) -> inputs.put(name, input(input)));
    checkExactlyOneOf();
    Delegates delegates = Delegates.of(id, spec);
    AgentBody body =
        spec.text("type").equals("llm")
            ? llm(files)
            : new StepReader(id, spec, inputs.keySet(), delegates).workflow();
    return new AgentDefinition(
        id,
        description,
        constant(Zone.class, spec.text("zone")),
        spec.texts("taskTypes"),
        spec.texts("keywords"),
        inputs,
        spec.texts("exactlyOneOf"),
        spec.texts("tools"),
        AgentLimits.of(spec.section("limits")),
        body,
        gates.of(id, spec),
        delegates,
        hints());
  }

  private RoutingHints hints() {
    return new RoutingHints(
        spec.texts("examples"),
        spec.texts("shapes").stream().map(shape -> constant(Shape.class, shape)).toList());
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

  static String unknown(String what, String name, Collection<String> known) {
    return "unknown %s '%s'; allowed: %s%s"
        .formatted(
            what,
            name,
            known.isEmpty() ? "none is declared" : String.join(", ", known),
            Nearest.hint(name, known));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
