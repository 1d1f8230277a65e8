package io.agentos.tools.http;

import io.agentos.spi.Egress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each call with the next answer, the last one for ever, and remembers the calls. */
final class PlayedEgress implements Egress {
  final List<HttpCall> calls = new CopyOnWriteArrayList<>();
  private final List<HttpAnswer> answers;

  PlayedEgress(HttpAnswer... answers) {
    this.answers = List.of(answers);
  }

  static HttpAnswer answer(int status, String body, String... namesAndValues) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.computeIfAbsent(namesAndValues[i], _ -> new ArrayList<>()).add(namesAndValues[i + 1]);
    }
    return new HttpAnswer(status, headers, body, false);
  }

  @Override
  public List<InetAddress> addresses(String host, int port) {
    return Egress.CLOSED.addresses(host, port);
  }

  @Override
  public HttpAnswer call(HttpCall call) {
    calls.add(call);
    HttpAnswer answer = answers.get(Math.min(calls.size(), answers.size()) - 1);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    return body.length <= call.bytesMax()
        ? answer
        : new HttpAnswer(
            answer.status(),
            answer.headers(),
            new String(body, 0, call.bytesMax(), StandardCharsets.UTF_8),
            true);
  }
}
