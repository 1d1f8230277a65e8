package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Quorum;
import io.agentos.runtime.definitions.OnFinding;
import io.agentos.spi.Gate;

/**
 * Keeps credentials from leaving: blocks a model call or an answer that holds one, for those who
 * put gates together in code. Documents say {@code check: secrets}.
 *
 * <p>Thread-safe.
 */
public final class SecretGate implements Gate {
  private static final Check CHECK = new SecretsCheck();

  @Override
  public String id() {
    return "secrets";
  }

  @Override
  public GateResult check(Checkpoint checkpoint) {
    return switch (checkpoint) {
      // A tool may need a credential, and a model that knew one was blocked before it could send
      // it.
      case Checkpoint.BeforeTask _, Checkpoint.BeforeTool _ -> GateResult.PASS;
      case Checkpoint.BeforeModel _, Checkpoint.BeforeOutput _ ->
          CHECK.check(checkpoint, new Consequence(OnFinding.BLOCK, Quorum.ONE));
    };
  }
}
