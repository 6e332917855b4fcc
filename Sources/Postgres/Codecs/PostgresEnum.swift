/// A Swift enum that stands for one made by `CREATE TYPE … AS ENUM`, or for a text column with a fixed set of values:
/// `enum Tier: String, PostgresEnum { case free, pro }`. Arrays of it are arrays of the server's enum.
///
/// The server infers the enum's type from where the parameter stands; where nothing tells it, write it:
/// `unnest(\(tiers)::tier[])`.
public protocol PostgresEnum: PostgresCodable, PostgresArrayEncodable, PostgresArrayDecodable, RawRepresentable,
    Sendable
where RawValue == String {}

extension PostgresEnum {
    /// Left to the server: the identifier of a type that `CREATE TYPE` made differs from database to database.
    public static var postgresArrayType: PostgresType { .unspecified }
}
