package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.identity.Role;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BudgetsTest {
  private static final String TASK = "{\"input\": \"go\", \"agent\": \"mail.sorter\"}";

  private TestApi api;

  @BeforeEach
  void open() {
    api = TestApi.idle();
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Reply put(ApiClient client, String body) {
    return client.send("PUT", "/v1/budgets", BodyPublishers.ofString(body));
  }

  @Test
  void put_makesAndChangesOneBudget_andIsAudited() {
    ApiClient operator = api.as(TestApi.ACME, Role.OPERATOR);
    Reply made =
        put(
            operator,
            "{\"scope\":\"agent\",\"target\":\"mail.sorter\",\"period\":\"month\",\"limit_usd_micros\":12500000}");
    Reply changed =
        put(
            operator,
            "{\"scope\":\"agent\",\"target\":\"mail.sorter\",\"period\":\"month\",\"limit_usd_micros\":1,\"warn_percents\":[90,10,90]}");

    assertThat(made.status()).isEqualTo(200);
    assertThat(made.json().path("left_usd_micros").asLong()).isEqualTo(12_500_000);
    assertThat(made.json().path("warn_percents").toString()).isEqualTo("[50,80,100]");
    assertThat(changed.json().path("id")).isEqualTo(made.json().path("id"));
    assertThat(changed.json().path("warn_percents").toString()).isEqualTo("[10,90]");
    Reply list = api.as(TestApi.ACME, Role.VIEWER).get("/v1/budgets");
    assertThat(list.json().path("data").size()).isEqualTo(1);
    assertThat(list.json().at("/data/0/limit_usd_micros").asLong()).isEqualTo(1);
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).get("/v1/budgets").body())
        .isEqualTo("{\"data\":[],\"next_cursor\":null}");
    assertThat(api.client().get("/v1/audit?type=config.changed").json().path("data").size())
        .isEqualTo(2);
  }

  @Test
  void put_null_endsIt_andIsTheSameTwice() {
    String tenant = "{\"scope\":\"tenant\",\"period\":\"none\",\"limit_usd_micros\":";
    assertThat(put(api.client(), tenant + "5}").json().path("window").isNull()).isTrue();
    assertThat(put(api.client(), tenant + "null}").status()).isEqualTo(204);
    assertThat(put(api.client(), tenant + "null}").status()).isEqualTo(204);
    assertThat(api.client().get("/v1/budgets").json().path("data").size()).isZero();
  }

  @Test
  void put_wrong_namesEachField() {
    Reply reply =
        put(
            api.client(),
            "{\"scope\":\"agent\",\"target\":\"mail.sorted\",\"period\":\"week\",\"limit_usd_micros\":0.5,\"warn_percents\":[0],\"x\":1}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("errors").valueStream().map(e -> e.path("path").asString()))
        .containsExactlyInAnyOrder("x", "period", "limit_usd_micros", "target", "warn_percents");
    assertThat(put(api.client(), "{\"scope\":\"tenant\",\"period\":\"day\"}").body())
        .contains("is required; null ends the budget");
  }

  @Test
  void put_withoutPermission_isRefused() {
    String body = "{\"scope\":\"tenant\",\"period\":\"day\",\"limit_usd_micros\":1}";
    assertThat(put(api.as(TestApi.ACME, Role.DEVELOPER), body).status()).isEqualTo(403);
    assertThat(put(api.as(TestApi.ACME, Role.APPROVER), body).status()).isEqualTo(403);
  }

  @Test
  void createTask_nothingLeft_is402_withWhatIsMissing() {
    Reply budget =
        put(
            api.client(),
            "{\"scope\":\"pack\",\"target\":\"mail\",\"period\":\"none\",\"limit_usd_micros\":0}");
    Reply reply = api.client().post("/v1/tasks", TASK);

    assertThat(reply.status()).isEqualTo(402);
    assertThat(reply.json().path("code").asString()).isEqualTo("BUDGET_EXHAUSTED");
    assertThat(reply.json().path("detail").asString())
        .isEqualTo(
            "Budget %s of pack mail for all time: limit 0.000000, spent 0.000000, reserved 0.000000; nothing is left. Raise the budget or wait for its next period."
                .formatted(budget.json().path("id").asString()));
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).post("/v1/tasks", TASK).status()).isEqualTo(202);
  }

  @Test
  void list_pages() {
    for (String target : new String[] {"mail", "text"}) {
      put(
          api.client(),
          "{\"scope\":\"pack\",\"target\":\"%s\",\"period\":\"day\",\"limit_usd_micros\":1}"
              .formatted(target));
    }
    Reply first = api.client().get("/v1/budgets?limit=1");
    Reply second =
        api.client()
            .get("/v1/budgets?limit=1&cursor=" + first.json().path("next_cursor").asString());
    assertThat(first.json().at("/data/0/target").asString()).isEqualTo("mail");
    assertThat(second.json().at("/data/0/target").asString()).isEqualTo("text");
    assertThat(second.json().path("next_cursor").isNull()).isTrue();
  }
}
