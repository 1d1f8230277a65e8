package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.postgres.EmbeddedPostgres;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills the server's JVM in the middle of a task that carries canaries: while a model says them in
 * a stream, and while a person is asked about a call that holds them. What comes in by a webhook
 * and ends on the third server has left none of them at the provider, at the receiver of webhooks,
 * in a log, in the audit log, in a row of a table or in a file of the database.
 */
final class CanaryCrashTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** How much of the stalled stream comes: its head and two thirds of the canaries. */
  private static final int EVENTS_BEFORE_STALL = 3;

  @TempDir private Path folder;
  private final Queue<String> delivered = new ConcurrentLinkedQueue<>();
  private HttpServer receiver;
  private Path told;
  private Path data;

  @BeforeEach
  void open() throws IOException {
    told = Files.createDirectories(folder.resolve("told"));
    data = folder.resolve("data");
    Files.writeString(told.resolve("Told.txt"), Canaries.withoutKey());
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          delivered.add(Map.copyOf(exchange.getRequestHeaders()) + "\n" + body);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void close() {
    receiver.stop(0);
  }

  @Test
  void killedServer_leavesNoCanary_andTheTaskEnds() throws Exception {
    List<String> found = new ArrayList<>();
    try (FakeModelServer model = FakeModelServer.start(story())) {
      Map<String, String> environment = environment(model);
      ServerProcess first = ServerProcess.start(data, environment);
      String task = begin(first);
      int streamed = Canaries.planted().length() / 2;
      first.await("streaming", () -> model.bytesSent() > streamed);
      first.kill();
      found.addAll(left("after the first kill"));

      ServerProcess second = ServerProcess.start(data, environment);
      second.await("asked", () -> !pending(second, task).isEmpty());
      second.kill();
      found.addAll(left("after the second kill"));

      try (ServerProcess third = ServerProcess.start(data, environment)) {
        tell(third, List.of("*"));
        approve(third, task);
        third.await("ended", () -> !third.get("/v1/tasks/" + task).get("ended_at").isNull());
        JsonNode ended = third.get("/v1/tasks/" + task);
        assertThat(ended.get("state").asString()).as(ended.toString()).isEqualTo("completed");
        assertThat(ended.at("/output/text").asString()).contains(Canaries.EMAIL);
        third.await("told", () -> String.join("", delivered).contains("\"task.completed\""));
        found.addAll(exported(third));
        found.addAll(inRows(ended.at("/labels/webhook-source").asString()));
      }
      found.addAll(received(model));
    }
    delivered.forEach(one -> found.addAll(Canaries.in("a webhook", bytes(one))));
    found.addAll(left("in the end"));
    assertThat(found).isEmpty();
  }

  /** Stalls once in the middle of saying them; then reads the file, wants a listing, and ends. */
  private FakeStory story() {
    AtomicBoolean stalled = new AtomicBoolean();
    FakeStep stalls =
        new FakeStep.Streamed(
            FakeStep.says(Canaries.planted()), EVENTS_BEFORE_STALL, FakeStep.Fault.STALL);
    FakeStep reads = CanaryNest.stream(CanaryNest.read(told, "Told.txt"));
    String path = "it is " + Canaries.CARD + " of " + Canaries.EMAIL;
    ToolCall list =
        new ToolCall("c2", "files.list", Map.of("folder", told.toString(), "path", path));
    FakeStep lists =
        new FakeStep.Reply(
            Canaries.planted(), List.of(list), StopReason.TOOL_CALLS, Tokens.of(10, 5));
    FakeStep says = FakeStep.says("It tells of " + Canaries.EMAIL + ".");
    return call -> {
      if (call.turn() == 0 && stalled.compareAndSet(false, true)) {
        return stalls;
      }
      return List.of(reads, lists, says).get(Math.min(call.turn(), 2));
    };
  }

  private Map<String, String> environment(FakeModelServer model) throws IOException {
    Map<String, String> environment = CanaryNest.environment(model, told);
    environment.put("AGENTOS_WORKER_LEASE", "PT2S");
    environment.put("AGENTOS_EGRESS_ALLOW", receiverUrl());
    return environment;
  }

  private String receiverUrl() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort();
  }

  /** A task that somebody else's signed delivery begins, with canaries in its body. */
  private String begin(ServerProcess server) throws Exception {
    tell(server, List.of("task.created", "webhook.received", "approval.requested"));
    Map<String, Object> from =
        Map.of("name", "n", "scheme", "github", "agent", "nest.reader", "input", "${payload.text}");
    JsonNode source = server.post("/v1/webhook-sources", from, 201);
    byte[] body = bytes(JSON.writeValueAsString(Map.of("text", "Look: " + Canaries.withoutKey())));
    HttpRequest.Builder delivery =
        HttpRequest.newBuilder(server.url(source.get("path").asString()))
            .header("X-Hub-Signature-256", "sha256=" + mac(source.get("secret").asString(), body))
            .POST(BodyPublishers.ofByteArray(body));
    return JSON.readTree(server.bytes(delivery)).get("task").asString();
  }

  /** Few before a kill: what a dead node was sending waits for a minute, and holds up others. */
  private void tell(ServerProcess server, List<String> events) {
    Map<String, Object> endpoint =
        Map.of("url", receiverUrl(), "events", events, "content", "facts");
    server.post("/v1/webhook-endpoints", endpoint, 201);
  }

  private static String mac(String secret, byte[] body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body));
  }

  private static JsonNode pending(ServerProcess server, String task) {
    return server.get("/v1/approvals?state=pending&task=" + task).get("data");
  }

  private static void approve(ServerProcess server, String task) {
    JsonNode asked = pending(server, task).get(0);
    assertThat(asked.at("/arguments/path").asString()).contains(Canaries.EMAIL);
    String comment = "Yes, %s told me of %s".formatted(Canaries.EMAIL, Canaries.CARD);
    server.post(
        "/v1/approvals/%s/decide".formatted(asked.get("id").asString()),
        Map.of("decision", "approve", "digest", asked.get("digest").asString(), "comment", comment),
        200);
  }

  /** What stands in any file now, the log of the server that was killed included. */
  private List<String> left(String when) throws IOException {
    awaitDatabaseEnded();
    Path log = data.resolve("server.log");
    assertThat(Files.readString(log)).contains("AgentOS", "is up");
    Files.move(log, data.resolve(when.replace(' ', '-') + ".log"));
    return Canaries.under(data).stream().map(one -> when + ": " + one).toList();
  }

  /** Postgres ends by itself when its JVM is gone; until then files come and go. */
  private void awaitDatabaseEnded() throws IOException {
    Path processFile = Storage.cluster(data).resolve("cluster").resolve("postmaster.pid");
    if (Files.exists(processFile)) {
      long pid = Long.parseLong(Files.readAllLines(processFile).getFirst().strip());
      ProcessHandle.of(pid)
          .ifPresent(postgres -> postgres.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }
  }

  private static List<String> exported(ServerProcess server) throws Exception {
    byte[] export = server.bytes(HttpRequest.newBuilder(server.url("/v1/audit/export")));
    assertThat(new String(export, StandardCharsets.UTF_8))
        .contains("webhook.received", "approval.decided", "pii.redacted");
    assertThat(server.get("/v1/audit/verify").get("intact").asBoolean()).isTrue();
    return Canaries.in("the audit export", export);
  }

  private static List<String> received(FakeModelServer model) throws InterruptedException {
    List<String> found = new ArrayList<>();
    assertThat(model.awaitCall(4, Duration.ZERO)).isPresent();
    assertThat(model.calls()).hasSize(4);
    for (var call : model.calls()) {
      assertThat(call.body()).contains("<EMAIL_", "[redacted: a card");
      String sent = call.path() + call.headers() + call.body();
      found.addAll(Canaries.in("call %d to the provider".formatted(call.number()), bytes(sent)));
    }
    return found;
  }

  /** All rows of all tables as text, unpacked as files are not; bytes are hexadecimal there. */
  private List<String> inRows(String known) throws SQLException {
    List<String> found = new ArrayList<>();
    StringBuilder all = new StringBuilder();
    try (Connection connection = superuser();
        Statement tables = connection.createStatement();
        Statement rows = connection.createStatement();
        ResultSet table =
            tables.executeQuery(
                "select c.oid::regclass::text from pg_class c where c.relkind = 'r' and c.relnamespace = 'agentos'::regnamespace")) {
      while (table.next()) {
        String name = table.getString(1);
        try (ResultSet row = rows.executeQuery("select t::text from %s t".formatted(name))) {
          while (row.next()) {
            all.append(row.getString(1)).append('\n');
            found.addAll(Canaries.in("a row of " + name, bytes(row.getString(1))));
          }
        }
      }
    }
    assertThat(all).contains(known);
    return found;
  }

  private Connection superuser() throws SQLException {
    URI address = URI.create(EmbeddedPostgres.address(Storage.cluster(data)).orElseThrow());
    String[] login = address.getRawUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(address.getHost(), address.getPort(), Storage.DATABASE),
        login[0],
        URLDecoder.decode(login[1], StandardCharsets.UTF_8));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
