import MiyabiDatabase
import MiyabiHome
import Postgres

extension Supervisor {
    /// Relays the outbox between both halves, whichever of them is external, until somebody asks to stop.
    func relayOutbox(of halves: RunningHalves, until halt: Halt) async throws {
        let configuration =
            if let url = settings.postgres.url { try settings.postgres.configuration(url.exposed) } else {
                try await halves.postgres?.configuration
            }
        guard let configuration else { return await halt.requested() }
        var pool = PostgresPoolConfiguration(configuration, maximumConnections: 2)
        pool.name = "outbox"
        let tables: DatabaseConfiguration.DynamoDBHalf =
            if let embedded = await halves.dynamoDB { .shared(embedded.api) } else {
                .client(settings.dynamoDB.client())
            }
        let database = try Database(DatabaseConfiguration(postgres: pool, dynamoDB: tables), logger: logger)
        let relay = OutboxRelay(database)
        await withTaskGroup { group in
            group.addTask { await relay.run() }
            group.addTask { await halt.requested() }
            await group.next()
            group.cancelAll()
        }
        try await database.close()
    }
}
