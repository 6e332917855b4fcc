/// Rows that a new database may start with: one file of `Database/seeds`.
public struct Seed: Sendable, Hashable {
    /// The file's name without `.sql`.
    public let name: String
    /// The statements that insert the rows.
    public let sql: String

    /// The seeds of `Database/seeds` as they were when the program was built, in the order of their names.
    public static var embedded: [Seed] {
        EmbeddedSQL.seeds.map { Seed(name: String($0.name.dropLast(".sql".count)), sql: $0.text) }
    }
}
