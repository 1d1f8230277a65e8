package io.agentos.runtime.definitions;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.api.AgentOsException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The error that something ends with. */
final class Told {
  private Told() {}

  static AgentOsException by(ThrowingCallable call) {
    AgentOsException error = catchThrowableOfType(AgentOsException.class, call);
    if (error == null) {
      throw new AssertionError("no AgentOsException was thrown");
    }
    return error;
  }
}
