package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each tenant enables and disables packs for itself. */
final class PacksTest {
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
  void put_disables_forTheTenantAlone_andIsAudited() {
    String pack = first(TestApi.ACME).path("name").asString();

    Reply put = api.as(TestApi.ACME, Role.ADMIN).put("/v1/packs/" + pack, "{\"enabled\":false}");

    assertThat(put.status()).isEqualTo(200);
    assertThat(put.json().path("enabled").booleanValue()).isFalse();
    assertThat(first(TestApi.ACME).path("enabled").booleanValue()).isFalse();
    assertThat(first(TestApi.OTHER).path("enabled").booleanValue()).isTrue();
    JsonNode entry =
        api.client().get("/v1/audit?type=config.changed&limit=1").json().path("data").get(0);
    assertThat(entry.path("subject").asString()).isEqualTo("pack:" + pack);

    assertThat(api.client().put("/v1/packs/" + pack, "{\"enabled\":true}").status()).isEqualTo(200);
    assertThat(first(TestApi.ACME).path("enabled").booleanValue()).isTrue();
  }

  @Test
  void put_twice_changesOnce() {
    String path = "/v1/packs/" + first(TestApi.OTHER).path("name").asString();
    api.as(TestApi.OTHER, Role.ADMIN).put(path, "{\"enabled\":false}");
    api.as(TestApi.OTHER, Role.ADMIN).put(path, "{\"enabled\":false}");

    assertThat(
            api.as(TestApi.OTHER, Role.ADMIN)
                .get("/v1/audit?type=config.changed")
                .json()
                .path("data"))
        .hasSize(1);
  }

  @Test
  void put_whatIsWrong_isTold() {
    Reply absent = api.client().put("/v1/packs/absent", "{\"enabled\":false}");
    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.json().path("detail").asString()).isEqualTo("There is no pack of this name.");

    Reply empty = api.client().put("/v1/packs/absent", "{}");
    assertThat(empty.status()).isEqualTo(422);
    assertThat(empty.json().path("errors").get(0).path("path").asString()).isEqualTo("enabled");

    assertThat(
            api.as(TestApi.ACME, Role.OPERATOR)
                .put("/v1/packs/absent", "{\"enabled\":false}")
                .status())
        .isEqualTo(403);
  }

  /** The first pack, as a tenant sees it. */
  private static JsonNode first(TenantId tenant) {
    return api.as(tenant, Role.VIEWER).get("/v1/packs").json().path("data").get(0);
  }
}
