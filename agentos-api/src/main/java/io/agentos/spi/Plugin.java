package io.agentos.spi;

/** A named bundle of providers, tools and gates. Loaded only when the configuration names it. */
public interface Plugin {

  /** Its name, for people and logs. */
  String id();

  /** Adds what it brings. Called once at start. */
  void register(Registrar registrar);

  /** Where a plugin adds what it brings. */
  interface Registrar {
    void provider(ModelProvider provider);

    void tool(Tool tool);

    void gate(Gate gate);

    void auditSink(AuditSink sink);
  }
}
