import FoundationEssentials
import Logging
import Postgres

/// Statements whose plans read a large table whole for a few rows, and the index that would find them.
enum MissingIndex {
    static let rule = PostgresRule(
        "missing-index", .warning,
        """
        A statement reads a large table whole to find few of its rows. The gain is that of the planner's costs: with \
        `hypopg`, where it is installed, of the plan with the index, and else of a model of it.
        """
    ) { rule, patient in try await look(rule, patient) }

    private struct Statement: Decodable {
        var text: String
        var calls: Int
        var meanMilliseconds: Double
        var share: Double
    }

    /// What an index would do for a statement.
    private struct Proposal {
        var scan: StatementPlan.FilteredScan
        var tableRows: Double
        var cost: Double
        var costWithIndex: Double
        var isMeasured: Bool
        var statement: Statement

        var gain: Double { cost / max(costWithIndex, 0.01) }
        var name: String { "\(quote(scan.schema)).\(quote(scan.table))" }
    }

    private static func quote(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 || (48...57).contains($0) }
        return isPlain ? name : PostgresIdentifier.quote(name)
    }

    private static func look(_ rule: Rule, _ patient: PostgresPatient) async throws -> Look {
        let (schema, unseen) = try await Statements.needed(patient)
        var look = Look(unseen: unseen)
        if let owner = try await strangeFunctionOwner(patient) {
            throw CannotLook(
                "planning a statement runs functions that are marked IMMUTABLE, and \(owner) has made some: "
                    + "this role plans statements only where it or a superuser has made all functions")
        }
        let hypopg = try await hypopgSchema(patient)
        let statements = try await statements(schema, patient)
        var unplanned = 0
        var best: [String: Proposal] = [:]
        for statement in statements {
            let proposals: [Proposal]
            do {
                proposals = try await propose(statement, hypopg, patient)
            } catch let error as PostgresError where error.code == .server {
                // It stands in a function and names its variables, or its tables have gone; told where it matters.
                patient.connection.logger.debug("a statement cannot be planned: \(error.message)")
                if statement.meanMilliseconds >= patient.thresholds.slowMilliseconds { unplanned += 1 }
                await forget(hypopg, patient)
                continue
            }
            for proposal in proposals where proposal.gain >= patient.thresholds.indexGain {
                let key = "\(proposal.name) (\(proposal.scan.columns.joined(separator: ", ")))"
                if (best[key]?.statement.share ?? -1) < proposal.statement.share { best[key] = proposal }
            }
        }
        if unplanned > 0 {
            look.unseen.append(
                "\(unplanned) slow statements: they name variables of their function, or tables that have gone")
        }
        look.findings = best.sorted { ($1.value.statement.share, $0.key) < ($0.value.statement.share, $1.key) }
            .map { finding(rule, $1, patient.thresholds) }
        return look
    }

    private static func finding(_ rule: Rule, _ proposal: Proposal, _ thresholds: Thresholds) -> Finding {
        let columns = proposal.scan.columns.joined(separator: ", ")
        let statement = proposal.statement
        let text = statement.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let isCostly = statement.meanMilliseconds >= 10 && statement.calls >= thresholds.statementCalls
        return rule.finding(
            isCostly ? rule.level : .advice, "table \(proposal.name)",
            "a statement reads about \(whole(proposal.tableRows)) rows of \(proposal.name) to find \(whole(proposal.scan.rows)) by "
                + "\(columns); an index would make it about \(whole(proposal.gain)) times cheaper: \(text.prefix(200))",
            [
                "table_rows": .integer(whole(proposal.tableRows)), "found_rows": .integer(whole(proposal.scan.rows)),
                "cost": .number(proposal.cost), "cost_with_index": .number(proposal.costWithIndex),
                "gain": .number(proposal.gain), "method": .text(proposal.isMeasured ? "hypopg" : "model"),
                "calls": .integer(statement.calls), "mean_ms": .number(statement.meanMilliseconds),
                "share": .number(statement.share),
            ],
            mend: "CREATE INDEX CONCURRENTLY ON \(proposal.name) (\(columns)); ANALYZE \(proposal.name);")
    }

    /// Estimates have no bound that an `Int` has.
    private static func whole(_ estimate: Double) -> Int { estimate.isNaN ? 0 : Int(max(0, min(estimate, 1e18))) }

    // MARK: What the server tells

    /// The owner of functions whom the role that looks does not trust: neither itself nor a superuser, nor an extension.
    private static func strangeFunctionOwner(_ patient: PostgresPatient) async throws -> String? {
        try await patient.reading { connection in
            try await connection.query(
                """
                SELECT DISTINCT r.rolname::text FROM pg_proc AS f JOIN pg_roles AS r ON r.oid = f.proowner
                WHERE NOT r.rolsuper AND f.proowner <> current_user::regrole
                  AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_proc'::regclass AND d.objid = f.oid
                    AND d.deptype = 'e')
                ORDER BY 1 LIMIT 1
                """
            ).decode(String.self).first
        }
    }

    private static func hypopgSchema(_ patient: PostgresPatient) async throws -> String? {
        try await patient.reading { connection in
            try await connection.query(
                """
                SELECT quote_ident(n.nspname) FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
                WHERE e.extname = 'hypopg' AND has_function_privilege(
                  (SELECT oid FROM pg_proc WHERE proname = 'hypopg_create_index' AND pronamespace = n.oid), 'EXECUTE')
                """
            ).decode(String.self).first
        }
    }

    /// The statements that take most of the time.
    private static func statements(_ schema: String, _ patient: PostgresPatient) async throws -> [Statement] {
        let rows = try await patient.reading { connection in
            try await connection.query(
                """
                SELECT s.query AS text, s.calls, s.mean_exec_time AS mean_milliseconds,
                  coalesce(s.total_exec_time / nullif(s.total, 0), 0) AS share
                FROM (
                  SELECT *, sum(total_exec_time) FILTER (WHERE toplevel) OVER () AS total
                  FROM \(unsafeSQL: schema).pg_stat_statements) AS s
                WHERE s.mean_exec_time >= \(patient.thresholds.plannedMilliseconds) AND length(s.query) < 20000
                  AND \(unsafeSQL: Statements.planned)
                ORDER BY s.total_exec_time DESC LIMIT 40
                """)
        }
        return try rows.map { try $0.decode(as: Statement.self) }
    }

    // MARK: Plans

    /// What indexes would do for one statement, planned without its values and not run.
    private static func propose(
        _ statement: Statement, _ hypopg: String?, _ patient: PostgresPatient
    ) async throws -> [Proposal] {
        try await patient.reading(plain: false) { connection in
            try await connection.executeScript(
                """
                SET LOCAL plan_cache_mode = force_generic_plan;
                SET LOCAL max_parallel_workers_per_gather = 0;
                SET LOCAL statement_timeout = '1s';
                """)
            let plan = try await plan(of: statement.text, connection)
            var proposals: [Proposal] = []
            for scan in plan.filteredScans {
                guard let size = try await size(of: scan, connection),
                    size.rows >= Double(patient.thresholds.largeTableRows),
                    scan.rows <= size.rows / 20
                else { continue }
                // One page of the index for each level, then one of the table for each row: dear, and never dearer than all.
                let modelled = min(scan.cost, (4 + scan.rows) * size.pageCost)
                var proposal = Proposal(
                    scan: scan, tableRows: size.rows, cost: plan.root.totalCost,
                    costWithIndex: max(plan.root.totalCost - scan.cost + modelled, 0.01), isMeasured: false,
                    statement: statement)
                if let hypopg {
                    let index =
                        "CREATE INDEX ON \(quote(scan.schema)).\(quote(scan.table)) (\(scan.columns.joined(separator: ", ")))"
                    _ = try await connection.query(
                        "SELECT \(unsafeSQL: hypopg).hypopg_create_index(\(index)::text)")
                    proposal.costWithIndex = try await Self.plan(of: statement.text, connection).root.totalCost
                    proposal.isMeasured = true
                    _ = try await connection.query("SELECT \(unsafeSQL: hypopg).hypopg_reset()")
                }
                proposals.append(proposal)
            }
            return proposals
        }
    }

    /// Plans a statement with its parameters open. The text is one statement, since only one can be prepared.
    private static func plan(of text: String, _ connection: PostgresConnection) async throws -> StatementPlan {
        _ = try await connection.execute(PostgresQuery(unsafeSQL: "PREPARE miyabi_doctor AS \(text)"))
        let count =
            try await connection.query(
                "SELECT cardinality(parameter_types) FROM pg_prepared_statements WHERE name = 'miyabi_doctor'"
            ).decode(Int.self).first ?? 0
        let values = count == 0 ? "" : "(\(Array(repeating: "NULL", count: count).joined(separator: ", ")))"
        let rows = try await connection.query(
            PostgresQuery(unsafeSQL: "EXPLAIN (FORMAT JSON, VERBOSE) EXECUTE miyabi_doctor\(values)"))
        guard let plan = try rows.decode(PostgresJSON.self).first?.decode([StatementPlan].self).first else {
            throw CannotLook("EXPLAIN told no plan")
        }
        _ = try await connection.execute("DEALLOCATE miyabi_doctor")
        return plan
    }

    /// Removes what a statement that could not be planned has left: neither ends with the transaction.
    private static func forget(_ hypopg: String?, _ patient: PostgresPatient) async {
        _ = try? await patient.connection.execute("DEALLOCATE miyabi_doctor")
        if let hypopg { _ = try? await patient.connection.query("SELECT \(unsafeSQL: hypopg).hypopg_reset()") }
    }

    private static func size(
        of scan: StatementPlan.FilteredScan, _ connection: PostgresConnection
    ) async throws -> (rows: Double, pageCost: Double)? {
        try await connection.query(
            """
            SELECT c.reltuples::float8, current_setting('random_page_cost')::float8 FROM pg_class AS c
            JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = \(scan.schema) AND c.relname = \(scan.table) AND c.relkind IN ('r', 'm')
            """
        ).decode((Double, Double).self).first.map { (rows: $0.0, pageCost: $0.1) }
    }
}
