import Postgres
import Synchronization

enum SchemaCluster {
    private static let number = Mutex(0)
    static func createDatabase(template: String) async throws -> PostgresConfiguration {
        let admin = try PostgresConfiguration("host=127.0.0.1 port=55433 user=miyabi dbname=postgres")
        let n = number.withLock { $0 += 1; return $0 }
        let name = "schematest_\(n)"
        try await PostgresConnection.with(admin) {
            try await $0.execute("DROP DATABASE IF EXISTS \(identifier: name)")
            try await $0.execute("CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: template)")
        }
        return try admin.with("dbname", name)
    }
}
