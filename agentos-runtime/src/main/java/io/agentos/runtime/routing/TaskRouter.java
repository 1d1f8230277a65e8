package io.agentos.runtime.routing;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.Limits;
import io.agentos.api.Request;
import io.agentos.api.TaskInput;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.routing.AgentDirectory.Entry;
import io.agentos.runtime.routing.AgentDirectory.Selection;
import io.agentos.runtime.routing.Route.Considered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the agent that serves a request: the one it names; else the only one of the pack and type
 * it names; else, among those, the one for which its words and inputs speak most clearly. It never
 * guesses: where two fit alike, the caller is asked to name one, unless their pack has a manager.
 *
 * <p>Thread-safe. What it says depends on the request, the packs and the {@link Availability}
 * alone.
 */
public final class TaskRouter {
  /** How many agents a route tells that came into question. */
  public static final int CONSIDERED_MAX = 20;

  private final Availability availability;
  private volatile @Nullable Indexed indexed;

  /** The index of the packs that were asked for last: they change rarely. */
  private record Indexed(List<PackDefinition> packs, AgentDirectory directory, AgentIndex index) {
    /** The very same packs: to compare all that is in them would take longer than to route. */
    @SuppressWarnings("ReferenceEquality")
    boolean of(List<PackDefinition> others) {
      if (packs.size() != others.size()) {
        return false;
      }
      for (int i = 0; i < packs.size(); i++) {
        if (packs.get(i) != others.get(i)) {
          return false;
        }
      }
      return true;
    }
  }

  /** A router for which all agents can work. */
  public TaskRouter() {
    this(Availability.ALL);
  }

  public TaskRouter(Availability availability) {
    this.availability = availability;
  }

  /**
   * Who should do the task, and why; also where nobody is clear.
   *
   * @param packs the packs that are enabled for the tenant, in any order
   * @throws AgentOsException UNKNOWN_AGENT when the target names what is not there
   */
  public Analysis analyse(Request.Target target, TaskInput input, List<PackDefinition> packs) {
    Indexed known = indexed(packs);
    Selection selection = known.directory().select(target);
    Reading reading = Reading.of(input, known.index().reader());
    if (selection.named() && selection.entries().size() == 1) {
      Entry only = selection.entries().getFirst();
      return new Analysis(
          only.agent().id(),
          1,
          selection.reason(),
          List.of(new Considered(only.agent().id(), 0, List.of(), null)),
          only.agent().missingInputs(reading.given()));
    }
    return new Ranking(known.index(), availability, reading, selection).decide();
  }

  /**
   * The agent that serves the request, and within what.
   *
   * @param allowed what the policies allow; the route's limits are never wider
   * @param packs the packs that are enabled for the tenant, in any order
   * @throws AgentOsException UNKNOWN_AGENT when no agent fits or several fit alike, with their
   *     names or the nearest; INVALID_INPUT when the input does not fit the agent
   */
  public Route route(Request request, Limits allowed, List<PackDefinition> packs) {
    return route(request, allowed, packs, analyse(request.target(), request.input(), packs));
  }

  /**
   * Goes by what was found out before about the same request and packs.
   *
   * @throws AgentOsException as {@link #route(Request, Limits, List)}
   */
  public Route route(
      Request request, Limits allowed, List<PackDefinition> packs, Analysis analysis) {
    AgentId agent = analysis.agent();
    if (agent == null) {
      throw AgentDirectory.unknown(analysis.reason());
    }
    Entry entry = indexed(packs).directory().entry(agent);
    entry.agent().checkInput(request.input());
    return new Route(
        entry.agent().withoutHints(),
        entry.pack().version(),
        entry.pack().digest(),
        entry.agent().limits().applyTo(allowed),
        analysis.reason(),
        analysis.confidence(),
        analysis.considered());
  }

  private Indexed indexed(List<PackDefinition> packs) {
    Indexed last = indexed;
    if (last != null && last.of(packs)) {
      return last;
    }
    AgentDirectory directory = AgentDirectory.of(packs);
    Indexed made =
        new Indexed(
            List.copyOf(packs), directory, new AgentIndex(directory, new Words(Lexicon.ENGLISH)));
    indexed = made;
    return made;
  }
}
