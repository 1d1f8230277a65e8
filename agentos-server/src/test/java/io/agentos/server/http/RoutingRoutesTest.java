package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Asking who would be given a task. */
final class RoutingRoutesTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.idle();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  void route_byWords() {
    Reply reply = post("{\"input\": \"the mail sorter please\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("agent").stringValue()).isEqualTo("mail.sorter");
    assertThat(reply.json().path("considered").get(0).path("reasons").size()).isPositive();
    assertThat(reply.json().path("considered").get(0).path("passed_over").isNull()).isTrue();
  }

  @Test
  void route_toNobody() {
    Reply reply = post("{\"input\": \"zzz\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("agent").isNull()).isTrue();
    assertThat(reply.json().path("reason").stringValue())
        .startsWith("Nothing in the task says which agent it is for");
  }

  @Test
  void route_unknownFieldOrAgent_isTold() {
    assertThat(post("{\"input\": \"x\", \"priority\": 3}").status()).isEqualTo(422);
    assertThat(post("{\"input\": \"x\", \"agent\": \"mail.sortr\"}").code())
        .isEqualTo("UNKNOWN_AGENT");
  }

  private static Reply post(String body) {
    return api.as(TenantId.DEFAULT, Role.OPERATOR).post("/v1/tasks/route", body);
  }
}
