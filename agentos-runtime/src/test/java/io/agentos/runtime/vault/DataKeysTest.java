package io.agentos.runtime.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.TestStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DataKeysTest {
  private static final TenantId ACME = TestStore.ACME;
  private static final TenantId OTHER = TestStore.OTHER;
  private static final TaskId TASK = TaskId.next();
  private static final String SECRET = "the heron nests at quay seven";

  private static TestStore store;

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void sealedText_opensAtItsPlace_andShowsNothing() {
    TaskKey key = create(ACME, TaskId.next(), null);

    byte[] sealed = key.seal("journal.body:7", SECRET);

    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("heron");
    assertThat(sealed)
        .hasSize(SECRET.length() + 46)
        .isNotEqualTo(key.seal("journal.body:7", SECRET));
    assertThat(key.open("journal.body:7", sealed)).isEqualTo(SECRET);
    assertThat(TaskKey.isSealed(sealed)).isTrue();
  }

  @Test
  void sealedText_movedToAnotherPlaceTaskKeyOrTenant_staysShut() {
    TaskKey key = create(ACME, TASK, "ann@heron.example");
    byte[] sealed = key.seal("journal.body:7", SECRET);
    TaskKey sibling = create(ACME, TaskId.next(), "ann@heron.example");
    TaskKey stranger = create(ACME, TASK, "bea@heron.example");
    TaskKey elsewhere = create(OTHER, TASK, "ann@heron.example");

    assertThat(sibling.id()).isEqualTo(key.id());
    assertThat(List.of(stranger.id(), elsewhere.id())).doesNotContain(key.id());
    mustStayShut(() -> key.open("journal.body:8", sealed));
    for (TaskKey other : List.of(sibling, stranger, elsewhere)) {
      mustStayShut(() -> other.open("journal.body:7", sealed));
    }
    sealed[sealed.length - 1] ^= 1;
    mustStayShut(() -> key.open("journal.body:7", sealed));
    mustStayShut(() -> key.open("journal.body:7", SECRET.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void sameText_sealedToTheSame_onlyAtOnePlaceOfOneTask() {
    TaskKey key = create(ACME, TaskId.next(), "cyd@heron.example");
    TaskKey sibling = create(ACME, TaskId.next(), "cyd@heron.example");

    byte[] sealed = key.sealSame("approval.arguments:1", SECRET);

    assertThat(key.sealSame("approval.arguments:1", SECRET)).isEqualTo(sealed);
    assertThat(key.open("approval.arguments:1", sealed)).isEqualTo(SECRET);
    assertThat(key.sealSame("approval.arguments:2", SECRET)).isNotEqualTo(sealed);
    assertThat(sibling.sealSame("approval.arguments:1", SECRET)).isNotEqualTo(sealed);
    assertThat(key.digest(SECRET)).hasSize(32).isEqualTo(key.digest(SECRET));
    assertThat(sibling.digest(SECRET)).isNotEqualTo(key.digest(SECRET));
  }

  @Test
  void taskWithoutKey_keepsItsTextsAsTheyAre() {
    TaskKey none = TaskKey.none(ACME, TASK);

    byte[] plain = none.seal("task.request", SECRET);

    assertThat(new String(plain, StandardCharsets.UTF_8)).isEqualTo(SECRET);
    assertThat(none.open("task.request", plain)).isEqualTo(SECRET);
    mustStayShut(
        () -> none.open("task.request", create(ACME, TASK, "dan").seal("task.request", "x")));
  }

  @Test
  void textOfANewerForm_isRefusedAsSuch() {
    TaskKey key = create(ACME, TASK, "eve@heron.example");
    byte[] sealed = key.seal("task.output", SECRET);
    sealed[1] = 9;

    assertThatThrownBy(() -> key.open("task.output", sealed))
        .hasMessage(
            "task.output of task %s is sealed in form 9, which this version does not know; a newer one wrote it."
                .formatted(TASK));
  }

  @Test
  void destroyedKey_opensNothingOnAnyNode_andStaysDestroyed() {
    TaskId task = TaskId.next();
    TaskKey key = create(ACME, task, null);
    byte[] sealed = key.seal("task.output", SECRET);
    String destroy =
        "update data_key set wrapped = null, destroyed_at = now() where key_id = '%s'"
            .formatted(key.id());
    store
        .database()
        .inTenantDo(
            ACME,
            tx -> tx.update("update data_key set erasing_at = now() where key_id = ?", key.id()));

    store.database().inEngine(tx -> tx.update(destroy));

    TaskKey read = stored(task, key.id());
    assertThat(read.isErased()).isTrue();
    assertThatThrownBy(() -> read.open("task.output", sealed))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ERASED))
        .hasMessage("What task %s was given and said was erased.".formatted(task));
    assertThatThrownBy(() -> store.database().inEngine(tx -> tx.update(destroy)))
        .hasMessage("Postgres refused a statement (SQLSTATE AOS09).");
  }

  @Test
  void firstKeyOfATenant_takenBack_isNotRemembered() {
    try (TestStore own = new TestStore()) {
      assertThatThrownBy(() ->
              own.database()
                  .inTenantDo(
                      ACME,
                      tx -> {
                        own.keys().toExtend(tx, ACME).create(tx, TASK, null, null);
                        own.keys().toExtend(tx, ACME).create(tx, TaskId.next(), null, null);
                        throw new IllegalStateException("taken back");
                      }))
          .hasMessage("taken back");

      TaskId task = TaskId.next();
      TaskKey key =
          own.database()
              .inTenant(ACME, tx -> own.keys().toExtend(tx, ACME).create(tx, task, null, null));
      byte[] sealed = key.seal("task.output", SECRET);

      DataKeys fresh = new DataKeys(own.vault());
      TaskKey read =
          own.database()
              .inTenant(ACME, tx -> fresh.in(tx, ACME).one(tx, task, task.value()).orElseThrow());
      assertThat(read.open("task.output", sealed)).isEqualTo(SECRET);
    }
  }

  @Test
  void manyTasksOfANewSubject_atOnce_shareOneKey() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<@Nullable UUID>> made =
          IntStream.range(0, 24)
              .mapToObj(
                  _ -> threads.submit(() -> create(ACME, TaskId.next(), "flo@heron.example").id()))
              .toList();
      for (Future<@Nullable UUID> each : made) {
        assertThat(each.get()).isEqualTo(made.getFirst().get());
      }
    }
  }

  @Test
  void anotherMasterKey_opensNoTenantsKey() {
    TaskKey key = create(ACME, TaskId.next(), null);
    DataKeys wrong = new DataKeys(new Vault(MasterKey.of(MasterKey.random())));

    assertThatThrownBy(
            () -> store.database().inTenant(ACME, tx -> wrong.in(tx, ACME).one(tx, TASK, key.id())))
        .hasMessage(
            "The sealed value of tenant_key does not open with this master key; start with the key it was sealed under.");
  }

  @Test
  void masterKey_isChanged_inAnyNumberOfGoes_andTheOldOneOpensNothing() {
    try (TestStore own = new TestStore()) {
      MasterKey old = MasterKey.of(TestStore.MASTER_KEY);
      MasterKey next = MasterKey.of(MasterKey.random());
      TaskKey key =
          own.database()
              .inTenant(ACME, tx -> own.keys().toExtend(tx, ACME).create(tx, TASK, null, null));
      own.database().inTenantDo(OTHER, tx -> own.keys().toExtend(tx, OTHER));
      byte[] sealed = key.seal("task.output", SECRET);

      Vault changing = new Vault(next, old);
      assertThat(read(own, changing).open("task.output", sealed)).isEqualTo(SECRET);
      MasterKeyRotation rotation = new MasterKeyRotation(own.database(), changing);
      assertThat(rotation.tenantKeys().rewrapped()).isEqualTo(2);
      assertThat(rotation.tenantKeys().isClean()).isTrue();

      assertThat(read(own, new Vault(next)).open("task.output", sealed)).isEqualTo(SECRET);
      assertThatThrownBy(() -> read(own, new Vault(old)))
          .hasMessageContaining("does not open with this master key");
      assertThatThrownBy(() ->
              new MasterKeyRotation(
                      own.database(), new Vault(MasterKey.of(MasterKey.random()), old))
                  .tenantKeys())
          .hasMessage(
              "A sealed value opens neither with vault.master_key nor with vault.previous_master_key.");
    }
  }

  private static TaskKey read(TestStore own, Vault vault) {
    return own.database()
        .inTenant(
            ACME, tx -> new DataKeys(vault).in(tx, ACME).one(tx, TASK, TASK.value()).orElseThrow());
  }

  private static TaskKey create(TenantId tenant, TaskId task, @Nullable String subject) {
    return store
        .database()
        .inTenant(tenant, tx -> store.keys().toExtend(tx, tenant).create(tx, task, subject, null));
  }

  private static TaskKey stored(TaskId task, UUID id) {
    return store
        .database()
        .inTenant(
            ACME,
            tx ->
                tx.queryOne(
                        DataKeysSql.ONE,
                        row -> store.keys().in(tx, ACME).of(task, row),
                        ACME.value(),
                        id)
                    .orElseThrow());
  }

  private static void mustStayShut(org.assertj.core.api.ThrowableAssert.ThrowingCallable opening) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENVIRONMENT))
        .hasMessageContaining("does not open with its key");
  }
}
