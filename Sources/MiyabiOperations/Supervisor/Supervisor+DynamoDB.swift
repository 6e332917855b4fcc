import DynamoDB
import Logging
import MiyabiDatabase
import MiyabiHome
import MiyabiSystem

extension Supervisor {
    /// Checks the external DynamoDB, or that the port of the embedded one is free.
    func checkDynamoDB(_ halves: RunningHalves) async throws {
        guard settings.dynamoDB.location == .embedded else {
            try await halves.step("checking the external DynamoDB")
            return try await checkExternalDynamoDB()
        }
        let port = settings.dynamoDBPort
        guard try port == 0 || LocalPort.isFree(port) else {
            throw LocalPort.inUse(port, option: "--dynamodb-port", variable: Variable.dynamoDBPort.name)
        }
    }

    /// Starts the embedded DynamoDB with its three tables.
    func startDynamoDB(_ halves: RunningHalves) async throws {
        try await halves.step("starting DynamoDB")
        let service = try await startDynamoDB(settings.home.dynamoDBDirectory, settings.dynamoDBPort, logger)
        await halves.started(service)
        try await halves.step("creating the DynamoDB tables")
        let made = try await MiyabiTables.createMissing(on: service.api)
        logger.info("DynamoDB is listening on \(DynamoDBSettings.embeddedEndpoint(port: service.port))")
        if !made.isEmpty { logger.info("created the tables \(made.joined(separator: ", "))") }
    }

    private func checkExternalDynamoDB() async throws {
        let client = try DynamoDBClient(settings.dynamoDB.client(), logger: logger)
        do {
            if preparesExternal {
                try await MiyabiTables.createMissing(on: client)
            } else {
                let states = try await MiyabiTables.states(on: client)
                for case (let table, .different(let error)) in states {
                    logger.warning("its table \(table) differs from what Miyabi needs: \(error.difference)")
                }
                let missing = states.filter { $0.value == .missing }.keys.sorted()
                if !missing.isEmpty {
                    logger.warning(
                        "it has no \(missing.joined(separator: ", ")): run `miyabi up --prepare` to create them")
                }
            }
        } catch {
            try await client.close()
            throw OperationsError(
                .dynamoDB, "cannot use the external DynamoDB (\(settings.dynamoDB.address)): \(error)",
                advice:
                    "Unset DYNAMODB_ENDPOINT and MIYABI_DYNAMODB (in the environment and in .env) to have miyabi start its own."
            )
        }
        try await client.close()
        logger.info("DynamoDB is external: \(settings.dynamoDB.address)")
    }
}
