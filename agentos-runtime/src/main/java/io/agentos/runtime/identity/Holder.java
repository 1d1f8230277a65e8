package io.agentos.runtime.identity;

import io.agentos.api.AgentId;
import io.agentos.api.KeyId;
import io.agentos.api.UserId;
import org.jspecify.annotations.Nullable;

/** Who holds what a request came with. */
public sealed interface Holder {
  /** The name in records. */
  String id();

  /**
   * A person. The same one in all its sessions and with all its own keys.
   *
   * @param key the person's own key that was used; null in a session
   */
  record Person(UserId user, @Nullable KeyId key) implements Holder {
    @Override
    public String id() {
      return "user:" + user;
    }
  }

  /** A key that is no user's. */
  record Program(KeyId key) implements Holder {
    @Override
    public String id() {
      return "key:" + key;
    }
  }

  /** An agent with a key of its own, which never decides, stops or changes rules. */
  record Agent(AgentId agent, KeyId key) implements Holder {
    @Override
    public String id() {
      return "agent:%s/%s".formatted(agent, key);
    }
  }
}
