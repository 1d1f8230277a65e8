package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.definitions.GateDefinition;
import io.agentos.runtime.definitions.GatePlace;
import io.agentos.spi.Gate;
import java.time.InstantSource;

/**
 * A gate of a document.
 *
 * <p>Thread-safe.
 */
final class DefinedGate implements Gate {
  private final GateDefinition definition;
  private final Check check;

  DefinedGate(GateDefinition definition, InstantSource clock) {
    this.definition = definition;
    this.check = check(definition.check(), clock);
  }

  @Override
  public String id() {
    return definition.name();
  }

  @Override
  public GateResult check(Checkpoint checkpoint) {
    return standsAt(checkpoint)
        ? check.check(checkpoint, new Consequence(definition.onFinding(), definition.quorum()))
        : GateResult.PASS;
  }

  /** Whether the document puts the gate here; {@code agent} is the zone of the agent. */
  boolean standsAt(Checkpoint checkpoint, Zone agent) {
    Zone zone =
        checkpoint instanceof Checkpoint.BeforeTool before
                && before.tool().zone().compareTo(agent) > 0
            ? before.tool().zone()
            : agent;
    return definition.match().fitsZone(zone) && standsAt(checkpoint);
  }

  private boolean standsAt(Checkpoint checkpoint) {
    return switch (checkpoint) {
      case Checkpoint.BeforeTask _ -> definition.at().contains(GatePlace.TASK);
      case Checkpoint.BeforeModel _ -> definition.at().contains(GatePlace.MODEL);
      case Checkpoint.BeforeTool before ->
          definition.at().contains(GatePlace.TOOL)
              && definition.match().fitsTool(before.tool().name());
      case Checkpoint.BeforeOutput _ -> definition.at().contains(GatePlace.OUTPUT);
    };
  }

  private static Check check(GateCheck check, InstantSource clock) {
    return switch (check) {
      case GateCheck.FitsSchema options -> new SchemaFit(options);
      case GateCheck.Length options -> new LengthCheck(options);
      case GateCheck.Sections options -> new SectionsCheck(options);
      case GateCheck.Citations options -> new CitationsCheck(options);
      case GateCheck.Readability options -> new ReadabilityCheck(options);
      case GateCheck.Words options -> new WordsCheck(options);
      case GateCheck.Secrets _ -> new SecretsCheck();
      case GateCheck.Pii options -> new PiiCheck(options);
      case GateCheck.Injection options -> new InjectionCheck(options);
      case GateCheck.Destination options -> new DestinationCheck(options);
      case GateCheck.Untrusted options -> new UntrustedCheck(options);
      case GateCheck.Url options -> new UrlCheck(options);
      case GateCheck.Sql options -> new SqlCheck(options);
      case GateCheck.Consent options -> new ConsentCheck(options);
      case GateCheck.QuietHours options -> new QuietHoursCheck(options, clock);
      case GateCheck.Amount options -> new AmountCheck(options);
      case GateCheck.Human options -> new HumanCheck(options);
    };
  }
}
