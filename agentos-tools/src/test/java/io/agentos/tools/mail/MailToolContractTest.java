package io.agentos.tools.mail;

import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.testkit.ToolContract;
import io.agentos.testkit.mail.TestMailServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

final class MailToolContractTest extends ToolContract {
  private final TestMailServer server = TestMailServer.start();
  private final Tool tool =
      MailTools.tools(
              Optional.of(
                  new MailServer(
                      "127.0.0.1",
                      server.port(),
                      MailServer.Tls.NONE,
                      Optional.empty(),
                      "news@otter.example")))
          .getFirst();

  @AfterEach
  void tearDown() {
    server.close();
  }

  @Override
  protected Tool tool() {
    return tool;
  }

  @Override
  protected ToolArguments arguments() {
    return new ToolArguments(
        Map.of("to", List.of("ada@heron.example"), "subject", "Hello", "text", "Otters."));
  }

  @Override
  protected Object world() {
    return server.mails();
  }
}
