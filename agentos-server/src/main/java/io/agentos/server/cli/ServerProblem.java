package io.agentos.server.cli;

import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the server refused, in words for the terminal. */
final class ServerProblem {
  private ServerProblem() {}

  /** The end of a command whose request was answered with this status and problem document. */
  static CliException of(int status, JsonNode document) {
    Fields problem = new Fields(document);
    String code = problem.text("code");
    String detail =
        problem.text("detail").isEmpty() ? problem.text("title") : problem.text("detail");
    List<String> lines = new ArrayList<>();
    lines.add(
        detail.isEmpty() && code.isEmpty()
            ? "The server answered with status %d and no reason; is it AgentOS?".formatted(status)
            : (code.isEmpty() ? "HTTP " + status : code) + ": " + detail);
    for (Fields error : problem.list("errors")) {
      lines.add("  %s: %s".formatted(error.text("path"), error.text("message")));
    }
    if (status == HttpURLConnection.HTTP_UNAUTHORIZED) {
      lines.add("  Set AGENTOS_API_KEY to a key of this server.");
    }
    if (!problem.text("request_id").isEmpty()) {
      lines.add("  request " + problem.text("request_id"));
    }
    return new CliException(exitCode(status), String.join("\n", lines));
  }

  private static int exitCode(int status) {
    return switch (status) {
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
          ExitCode.NOT_ALLOWED;
      default -> ExitCode.FAILED;
    };
  }
}
