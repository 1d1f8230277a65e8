package io.agentos.runtime.catalogue;

/** What a model can do beyond answering a text with a text. */
public enum Capability {
  /** Asks for tools to be run. */
  TOOLS("tools"),
  /** Asks for several tools in one answer. */
  PARALLEL_TOOLS("parallelTools"),
  /** Reads images. */
  VISION("vision"),
  /** Answers in the shape of a JSON Schema. */
  STRUCTURED_OUTPUT("structuredOutput"),
  /** Thinks before it answers, and is charged for it as output. */
  REASONING("reasoning"),
  /** Sends its answer as it is made. */
  STREAMING("streaming"),
  /** Charges less for the part of a prompt that it has read before. */
  PROMPT_CACHE("promptCache");

  private final String text;

  Capability(String text) {
    this.text = text;
  }

  /** Its name in documents and answers. */
  public String text() {
    return text;
  }

  static Capability of(String text) {
    for (Capability capability : values()) {
      if (capability.text.equals(text)) {
        return capability;
      }
    }
    throw new IllegalArgumentException("no capability " + text);
  }
}
