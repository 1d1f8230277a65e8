package io.agentos.runtime.secrets;

import io.agentos.runtime.store.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A secret as people see it: everything but its value.
 *
 * @param version the current one
 * @param versions the newest first, at most {@value #VERSIONS_MAX}
 */
public record SecretView(
    String name,
    String description,
    List<String> tools,
    List<String> agents,
    boolean disabled,
    int version,
    List<Version> versions,
    String createdBy,
    Instant createdAt,
    String changedBy,
    Instant changedAt) {
  static final int VERSIONS_MAX = 20;

  public SecretView {
    tools = List.copyOf(tools);
    agents = List.copyOf(agents);
    versions = List.copyOf(versions);
  }

  /**
   * One value that the secret had.
   *
   * @param state current, previous (good until {@code expiresAt}), expired, or destroyed
   */
  public record Version(
      int version,
      String state,
      String createdBy,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt) {}

  static SecretView of(Row row, List<Version> versions) {
    return new SecretView(
        row.text("name"),
        row.text("description"),
        row.texts("tools"),
        row.texts("agents"),
        row.flag("disabled"),
        row.number("version"),
        versions,
        row.text("created_by"),
        row.instant("created_at"),
        row.text("changed_by"),
        row.instant("changed_at"));
  }
}
