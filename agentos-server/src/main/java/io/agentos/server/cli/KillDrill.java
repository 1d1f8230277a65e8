package io.agentos.server.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Drills: how soon every node would take a kill switch, over some rounds. */
final class KillDrill {
  static final int ROUNDS_MAX = 1_000;

  private final Session session;
  private final ApiClient client;
  private final OutputOption output;

  KillDrill(Session session, ApiClient client, OutputOption output) {
    this.session = session;
    this.client = client;
    this.output = output;
  }

  /** What one node said, round by round: milliseconds until its acknowledgement. */
  private record Node(String name, List<Long> millis) {
    long at(int percent) {
      List<Long> sorted = millis.stream().sorted().toList();
      return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    Map<String, Object> figures() {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("node", name);
      figures.put("answers", millis.size());
      figures.put("p50_ms", at(50));
      figures.put("p99_ms", at(99));
      figures.put("max_ms", at(100));
      return figures;
    }
  }

  /** Runs {@code rounds} drills one after the other and prints what each node took. */
  int run(int rounds) {
    Map<String, Node> nodes = new TreeMap<>();
    long silent = 0;
    for (int i = 0; i < rounds; i++) {
      Fields drill = client.post(KillCommand.KILL_SWITCHES + "/drill", Map.of());
      List<Fields> words = drill.list("acknowledgements");
      for (Fields word : words) {
        nodes
            .computeIfAbsent(word.text("node"), name -> new Node(name, new ArrayList<>()))
            .millis()
            .add(word.number("latency_ms"));
      }
      silent += Math.max(0, drill.number("live_nodes") - words.size());
    }
    show(rounds, List.copyOf(nodes.values()), silent);
    if (silent > 0) {
      session.terminal().say(Words.count(silent, "answer") + " did not come in time");
    }
    return silent > 0 ? ExitCode.FAILED : ExitCode.DONE;
  }

  private void show(int rounds, List<Node> nodes, long silent) {
    if (output.json()) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("rounds", rounds);
      report.put("missing_answers", silent);
      report.put("nodes", nodes.stream().map(Node::figures).toList());
      session.print(report);
      return;
    }
    Table table = new Table("NODE", "ANSWERS", "P50 MS", "P99 MS", "MAX MS");
    for (Node node : nodes) {
      table.row(
          node.name(),
          String.valueOf(node.millis().size()),
          String.valueOf(node.at(50)),
          String.valueOf(node.at(99)),
          String.valueOf(node.at(100)));
    }
    session.terminal().print(String.join("\n", table.lines()));
  }
}
