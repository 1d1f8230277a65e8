package io.agentos.server.cli;

import io.agentos.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;

/** {@code agentos webhook sources}. */
@Command(
    name = "sources",
    aliases = "source",
    description = "Who may deliver webhooks, and what task a delivery becomes.",
    synopsisSubcommandLabel = "COMMAND")
final class WebhookSourcesCommand {
  private static final String SOURCES = "/v1/webhook-sources";

  private final Session session;

  WebhookSourcesCommand(Session session) {
    this.session = session;
  }

  /** How the sender signs. */
  static final class Signing {
    @Option(
        names = "--scheme",
        required = true,
        paramLabel = "SCHEME",
        description = "standard, stripe, github, twilio or hmac")
    private String scheme = "";

    @Option(
        names = "--secret-file",
        paramLabel = "FILE",
        description = "holds the secret; stripe and twilio give it to you, else one is made")
    private @Nullable String secretFile;

    @Option(names = "--url", paramLabel = "URL", description = "of twilio: what its sender calls")
    private @Nullable String url;

    @Option(
        names = "--signature-header",
        paramLabel = "NAME",
        description = "of hmac (default: X-Signature)")
    private @Nullable String signatureHeader;

    @Option(
        names = "--timestamp-header",
        paramLabel = "NAME",
        description = "of hmac: Unix seconds that are signed as SECONDS.BODY")
    private @Nullable String timestampHeader;

    @Option(
        names = "--encoding",
        paramLabel = "CODE",
        description = "of hmac: hex or base64 (default: hex)")
    private @Nullable String encoding;

    @Option(
        names = "--algorithm",
        paramLabel = "NAME",
        description = "of hmac: sha256 or sha512 (default: sha256)")
    private @Nullable String algorithm;

    private void into(Map<String, Object> body) {
      body.put("scheme", scheme);
      if (secretFile != null) {
        body.put("secret", WebhookCommand.secret("--secret-file", secretFile));
      }
      put(body, "url", url);
      put(body, "signature_header", signatureHeader);
      put(body, "timestamp_header", timestampHeader);
      put(body, "encoding", encoding);
      put(body, "algorithm", algorithm);
    }
  }

  /** What a delivery becomes. */
  static final class Work {
    @Option(names = "--pack", paramLabel = "PACK", description = "whose agent does it")
    private @Nullable String pack;

    @Option(names = "--agent", paramLabel = "PACK.AGENT", description = "who does it")
    private @Nullable String agent;

    @Option(names = "--type", paramLabel = "TYPE", description = "the type of the task")
    private @Nullable String type;

    @Option(names = "--priority", paramLabel = "N", description = "0 to 9 (default: 5)")
    private @Nullable Integer priority;

    @Option(
        names = "--input",
        paramLabel = "TEXT|JSON",
        description =
            "the task's input, with $${payload.…} and $${id}; the payload itself when left out")
    private @Nullable String input;

    private void into(Map<String, Object> body) {
      put(body, "pack", pack);
      put(body, "agent", agent);
      put(body, "type", type);
      put(body, "priority", priority);
      if (input != null) {
        body.put("input", input.startsWith("{") ? json(input) : input);
      }
    }

    private static Object json(String text) {
      try {
        return Json.readTree(text.getBytes(StandardCharsets.UTF_8));
      } catch (JacksonException e) {
        throw new CliException(ExitCode.USAGE, "--input: the text is no JSON object.");
      }
    }
  }

  @Command(
      description = "Let somebody deliver webhooks; the secret is printed once.",
      footer = {
        "%nExamples:",
        "  agentos webhook sources create --name shop --scheme standard \\",
        "      --agent engineering.reviewer",
        "  agentos webhook sources create --name pay --scheme stripe \\",
        "      --secret-file stripe.txt",
        "  agentos webhook sources create --name ci --scheme hmac \\",
        "      --signature-header X-CI-Signature"
      })
  int create(
      @Option(names = "--name", required = true, paramLabel = "NAME", description = "what it is")
          String name,
      @Mixin Signing signing,
      @Mixin Work work,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    signing.into(body);
    work.into(body);
    Fields made = session.client(options).post(SOURCES, body);
    return WebhookCommand.made(
        session,
        output,
        made,
        "%s takes deliveries at %s".formatted(made.text("id"), made.text("path")));
  }

  @Command(
      description = "List the sources, newest first; never their secrets.",
      footer = {"%nExample:", "  agentos webhook sources list"})
  int list(@Mixin ListLimit limit, @Mixin ConfigOptions options, @Mixin OutputOption output) {
    List<Fields> sources =
        session.list(session.client(options), SOURCES, Map.of(), limit.limit(), source -> true);
    Table table = new Table("SOURCE", "NAME", "SCHEME", "FOR", "SECRETS", "CREATED", "PATH");
    for (Fields source : sources) {
      table.row(
          source.text("id"),
          source.text("name"),
          source.text("scheme"),
          source.text("settings.agent", "settings.type"),
          source.text("secrets"),
          Words.instant(source.text("created_at")),
          source.text("path"));
    }
    session.show(output, sources, table);
    return ExitCode.DONE;
  }

  @Command(
      description =
          "Give a source another secret, printed once; the former one stays valid a while.",
      footer = {
        "%nExample:",
        "  agentos webhook sources rotate whs_01jd3k5m6n7p8q9r0s1t2v3w4x --overlap PT1H"
      })
  int rotate(
      @Parameters(paramLabel = "SOURCE") String source,
      @Option(names = "--secret-file", paramLabel = "FILE", description = "holds the new secret")
          @Nullable String secretFile,
      @Option(
              names = "--overlap",
              paramLabel = "DURATION",
              description = "how long both are valid, at most P7D (default: PT24H)")
          @Nullable String overlap,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (secretFile != null) {
      body.put("secret", WebhookCommand.secret("--secret-file", secretFile));
    }
    put(body, "overlap", overlap);
    Fields made = session.client(options).post(ApiClient.path(SOURCES, source) + "/rotate", body);
    return WebhookCommand.made(
        session,
        output,
        made,
        "%s: the former secret is valid for %s more".formatted(source, made.text("overlap")));
  }

  @Command(
      description = "End a source: its deliveries are refused from now on.",
      footer = {"%nExample:", "  agentos webhook sources delete whs_01jd3k5m6n7p8q9r0s1t2v3w4x"})
  int delete(@Parameters(paramLabel = "SOURCE") String source, @Mixin ConfigOptions options) {
    session.client(options).delete(ApiClient.path(SOURCES, source));
    session.terminal().print(source + " deleted");
    return ExitCode.DONE;
  }

  private static void put(Map<String, Object> body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
