package io.agentos.server.http;

import io.agentos.api.Request;
import io.agentos.runtime.budgets.Budget;
import io.agentos.runtime.budgets.BudgetBook;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The routes of budgets. Thread-safe. */
final class BudgetRoutes {
  private static final Cursor<UUID> BUDGETS = Cursor.ofIds("budgets");

  private final Database database;
  private final BudgetBook book;
  private final BudgetOrder orders;

  BudgetRoutes(HttpServices services) {
    this.database = services.database();
    this.book = new BudgetBook(services.database(), services.audit());
    this.orders = new BudgetOrder(services.catalog());
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/budgets", new Access.Needs(Permission.READ), this::list),
        new Route("PUT", "/v1/budgets", new Access.Needs(Permission.BUDGETS), this::set));
  }

  /**
   * Refuses a request of which nothing can be paid.
   *
   * @throws io.agentos.api.AgentOsException BUDGET_EXHAUSTED
   */
  static void mustHaveSomethingLeft(BudgetBook book, Request request) {
    String pack = request.target().pack();
    String agent = request.target().agent();
    book.mustHaveSomethingLeft(
        request.tenant(), pack == null ? "" : pack, agent == null ? "" : agent);
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("limit", "cursor");
    int limit = query.limit();
    UUID after = query.cursor(BUDGETS).orElse(null);
    query.check();
    List<Budget> found = book.list(call.tenant(), after, limit + 1);
    return Answer.json(
        200,
        Page.of(
            found,
            limit,
            BudgetView::of,
            budget -> BUDGETS.encode(budget.window().key().budget().value())));
  }

  private Answer set(Call call) {
    Budget.Order order = orders.read(call);
    Optional<Budget> budget =
        database.inTenant(call.tenant(), tx -> book.set(tx, call.tenant(), order));
    return budget.isPresent() ? Answer.json(200, BudgetView.of(budget.get())) : Answer.empty();
  }
}
