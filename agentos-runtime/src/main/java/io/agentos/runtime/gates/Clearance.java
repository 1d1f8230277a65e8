package io.agentos.runtime.gates;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.agentos.api.Quorum;
import java.util.List;
import java.util.stream.Stream;

/** What all gates together say at a checkpoint. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Clearance.Cleared.class, name = "cleared"),
  @JsonSubTypes.Type(value = Clearance.Repair.class, name = "repair"),
  @JsonSubTypes.Type(value = Clearance.Ask.class, name = "ask"),
  @JsonSubTypes.Type(value = Clearance.Refused.class, name = "refused")
})
public sealed interface Clearance {
  /** It may go on. */
  record Cleared() implements Clearance {}

  /** The agent gets a turn to mend these findings. */
  record Repair(String gate, List<String> findings) implements Clearance {
    public Repair {
      findings = List.copyOf(findings);
    }
  }

  /** People must decide. */
  record Ask(String by, String reason, Quorum quorum) implements Clearance {}

  /** It must not go on. */
  record Refused(String by, String reason) implements Clearance {}

  /** This and findings of another gate: there is one turn to mend, so that it hears of all. */
  default Clearance and(Repair repair) {
    return switch (this) {
      case Cleared _ -> repair;
      case Repair(String gate, List<String> findings) ->
          new Repair(
              gate + ", " + repair.gate(),
              Stream.concat(findings.stream(), repair.findings().stream()).toList());
      case Ask _, Refused _ -> this;
    };
  }

  /** This and a question beside it: the first that asks is named, the quorum satisfies all. */
  default Clearance and(Ask question) {
    return switch (this) {
      case Refused _ -> this;
      case Ask(String by, String reason, Quorum quorum) ->
          new Ask(by, reason, quorum.and(question.quorum()));
      case Cleared _, Repair _ -> question;
    };
  }
}
