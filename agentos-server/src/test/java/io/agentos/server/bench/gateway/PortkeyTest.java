package io.agentos.server.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PortkeyTest {
  private static final String LINE =
      "(g||_)&&a?new Response(p,{...e,headers:new Headers({...Object.fromEntries(e.headers),"
          + "\"content-type\":\"text/event-stream\"})}):new Response(p,e)}";

  @Test
  void patched_theLine_givesTheResponseItsOwnHeaders() throws Exception {
    assertThat(Portkey.patched("before;" + LINE + "after;"))
        .isEqualTo(
            "before;"
                + LINE.replace(
                    ":new Response(p,e)}",
                    ":new Response(p,{status:e.status,statusText:e.statusText,"
                        + "headers:new Headers(e.headers)})}")
                + "after;");
  }

  @Test
  void patched_anotherVersion_isMissing() {
    assertThatThrownBy(() -> Portkey.patched("new Response(p,e)"))
        .isInstanceOf(Portkey.Missing.class)
        .hasMessage(
            "the line to patch is not once in"
                + " node_modules/@portkey-ai/gateway/build/start-server.js");
    assertThatThrownBy(() -> Portkey.patched(LINE + LINE)).isInstanceOf(Portkey.Missing.class);
  }
}
