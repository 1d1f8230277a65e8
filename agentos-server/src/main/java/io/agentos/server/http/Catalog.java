package io.agentos.server.http;

import io.agentos.api.AgentId;
import io.agentos.api.Request;
import io.agentos.api.TaskInput;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.routing.Analysis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this installation can do: packs with their agents, tools, providers and models. Thread-safe.
 */
public interface Catalog {
  /** The packs that are loaded. */
  List<PackDefinition> packs();

  /** Whether an agent could run now. */
  Availability availability(AgentId agent);

  /**
   * Who would be given a task, and why.
   *
   * @throws io.agentos.api.AgentOsException UNKNOWN_AGENT when the target names what is not there
   */
  Analysis route(Request.Target target, TaskInput input);

  /** The tools that agents may be given. */
  List<ToolSpec> tools();

  /** The providers of models that are known. */
  List<Provider> providers();

  /** The models that are known, with their prices. */
  Catalogue models();

  /** How a model has done of late on this node. */
  Health health(String provider, String model);

  /**
   * Whether something could be used now.
   *
   * @param reason why not, for people; empty when it could
   */
  record Availability(boolean available, String reason) {
    public static final Availability AVAILABLE = new Availability(true, "");

    /** Not to be used, and why. */
    public static Availability missing(String reason) {
      return new Availability(false, reason);
    }
  }

  /**
   * How a model has done of late.
   *
   * @param circuit {@code closed} while it works, {@code open} while it is not asked, {@code
   *     half_open} while it is tried again
   * @param meanMillis how long good answers took, newer ones counting more; null before the first
   */
  record Health(String circuit, @Nullable Long meanMillis) {
    public static final Health UNKNOWN = new Health("closed", null);
  }

  /**
   * A provider of models.
   *
   * @param model the model used where an agent names the provider only
   */
  record Provider(String id, Availability availability, String model) {}
}
