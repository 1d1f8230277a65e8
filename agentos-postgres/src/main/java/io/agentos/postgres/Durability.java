package io.agentos.postgres;

import java.util.Map;

/** What a commit that was acknowledged is worth after a crash. */
public enum Durability {
  /** A commit that was acknowledged survives a crash of the server and of the machine. */
  FULL,

  /**
   * Nothing is forced to disk: a crash of the server may lose commits, a crash of the machine may
   * ruin the whole cluster. For throw-away clusters and tests only.
   */
  NONE;

  Map<String, String> parameters() {
    String value =
        switch (this) {
          case FULL -> "on";
          case NONE -> "off";
        };
    return Map.of("fsync", value, "full_page_writes", value, "synchronous_commit", value);
  }
}
