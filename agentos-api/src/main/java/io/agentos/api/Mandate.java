package io.agentos.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a task runs. A task that another one asked for carries the whole line, so that it
 * may never do more than any of them.
 *
 * @param grantors all who asked, each once, the first of the line first; the last is the task's own
 * @param ancestors the tasks it comes from, the first of the line first, its parent last; at most
 *     {@value #ANCESTORS_MAX}
 * @param taint where its input comes from as far as strangers may have written it, such as {@code
 *     webhook:whs_01h…} or {@code tool:web.read}; empty when it is the caller's own word
 */
public record Mandate(List<Grantor> grantors, List<TaskId> ancestors, List<String> taint) {
  /** How long a line of tasks may be. */
  public static final int ANCESTORS_MAX = 16;

  /**
   * Somebody who asked, with what they held when they did.
   *
   * @param principal such as {@code user:usr_01h…}, {@code key:key_01h…} or {@code
   *     agent:shop.clerk}
   * @param key the key they showed, {@code key_01h…}; null in a session, or without any
   * @param role null when they held none, or when nobody wrote it down
   * @param scopes what of the role; null for all of it
   */
  public record Grantor(
      String principal,
      @Nullable String key,
      @Nullable String role,
      @Nullable List<String> scopes) {
    public Grantor {
      scopes = scopes == null ? null : List.copyOf(scopes);
    }

    /** Somebody of whom nothing was written down: what they hold now is what counts. */
    public static Grantor of(String principal) {
      return new Grantor(principal, null, null, null);
    }
  }

  public Mandate {
    grantors = List.copyOf(grantors);
    ancestors = List.copyOf(ancestors);
    taint = List.copyOf(taint);
    if (grantors.isEmpty()) {
      throw new IllegalArgumentException("a task runs on somebody's behalf");
    }
    if (ancestors.size() > ANCESTORS_MAX) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST,
          "A task would have %d others above it; allowed are %d. Ask for it higher up."
              .formatted(ancestors.size(), ANCESTORS_MAX));
    }
  }

  /** That of a task which nobody but this principal asked for, in its own words. */
  public static Mandate of(String principal) {
    return of(Grantor.of(principal));
  }

  /** The same with what the principal held. */
  public static Mandate of(Grantor grantor) {
    return new Mandate(List.of(grantor), List.of(), List.of());
  }

  /** The same for an input that a stranger may have written. */
  public Mandate taintedBy(String origin) {
    TreeSet<String> more = new TreeSet<>(taint);
    more.add(origin);
    return new Mandate(grantors, ancestors, List.copyOf(more));
  }

  /** This one below that of {@code parent}, which {@code task} runs under. */
  public Mandate below(Mandate parent, TaskId task) {
    Set<Grantor> line = new LinkedHashSet<>(parent.grantors);
    line.removeAll(grantors);
    line.addAll(grantors);
    List<TaskId> above = new ArrayList<>(parent.ancestors);
    above.add(task);
    TreeSet<String> labels = new TreeSet<>(parent.taint);
    labels.addAll(taint);
    return new Mandate(List.copyOf(line), above, List.copyOf(labels));
  }
}
