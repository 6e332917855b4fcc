/// A type of the server by its object identifier. Those of built-in types never change.
public struct PostgresType: Sendable, Hashable {
    /// The `oid` of the type's row in `pg_type`.
    public let oid: UInt32
    /// For an array of domains: what they are over, in the end.
    let elementBase: UInt32?

    /// The type with this identifier.
    public init(oid: UInt32) { self.init(oid: oid, elementBase: nil) }

    init(oid: UInt32, elementBase: UInt32?) {
        self.oid = oid
        self.elementBase = elementBase
    }

    /// Whether both are the same type of the server.
    public static func == (left: PostgresType, right: PostgresType) -> Bool { left.oid == right.oid }
    /// Feeds the identifier.
    public func hash(into hasher: inout Hasher) { hasher.combine(oid) }

    /// Lets the server infer a parameter's type from where it stands.
    public static let unspecified = PostgresType(oid: 0)

    /// Made by `CREATE TYPE`, `CREATE EXTENSION` or the like, not built in.
    public var isUserDefined: Bool { oid >= 16_384 }
}

extension PostgresType: CustomStringConvertible {
    /// The type's name in SQL where it is one of those below, else `type 12345`.
    public var description: String { Self.names[self] ?? "type \(oid)" }

    private static let names: [PostgresType: String] = [
        .bool: "bool", .bytea: "bytea", .char: "\"char\"", .name: "name", .int8: "int8", .int2: "int2", .int4: "int4",
        .text: "text", .oid: "oid", .json: "json", .xml: "xml", .float4: "float4", .float8: "float8",
        .unknown: "unknown", .bpchar: "bpchar", .varchar: "varchar", .date: "date", .timestamp: "timestamp",
        .timestamptz: "timestamptz", .interval: "interval", .numeric: "numeric", .void: "void", .uuid: "uuid",
        .jsonb: "jsonb", .boolArray: "bool[]", .byteaArray: "bytea[]", .int2Array: "int2[]", .int4Array: "int4[]",
        .textArray: "text[]", .int8Array: "int8[]", .float4Array: "float4[]", .float8Array: "float8[]",
        .timestamptzArray: "timestamptz[]", .numericArray: "numeric[]", .uuidArray: "uuid[]", .jsonbArray: "jsonb[]",
        .timestampArray: "timestamp[]", .dateArray: "date[]", .intervalArray: "interval[]", .int4range: "int4range",
        .int8range: "int8range", .int4rangeArray: "int4range[]", .int8rangeArray: "int8range[]",
        .numrange: "numrange", .tsrange: "tsrange", .tstzrange: "tstzrange", .daterange: "daterange", .inet: "inet",
        .cidr: "cidr", .macaddr: "macaddr", .macaddr8: "macaddr8", .time: "time", .timetz: "timetz", .bit: "bit",
        .varbit: "varbit", .xid: "xid", .cid: "cid", .lsn: "pg_lsn",
    ]
}

// Source: src/include/catalog/pg_type.dat of PostgreSQL.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension PostgresType {
    public static let bool = PostgresType(oid: 16)
    public static let bytea = PostgresType(oid: 17)
    public static let char = PostgresType(oid: 18)
    public static let name = PostgresType(oid: 19)
    public static let int8 = PostgresType(oid: 20)
    public static let int2 = PostgresType(oid: 21)
    public static let int4 = PostgresType(oid: 23)
    public static let text = PostgresType(oid: 25)
    public static let oid = PostgresType(oid: 26)
    public static let json = PostgresType(oid: 114)
    public static let xml = PostgresType(oid: 142)
    public static let float4 = PostgresType(oid: 700)
    public static let float8 = PostgresType(oid: 701)
    public static let unknown = PostgresType(oid: 705)
    public static let bpchar = PostgresType(oid: 1042)
    public static let varchar = PostgresType(oid: 1043)
    public static let date = PostgresType(oid: 1082)
    public static let timestamp = PostgresType(oid: 1114)
    public static let timestamptz = PostgresType(oid: 1184)
    public static let interval = PostgresType(oid: 1186)
    public static let numeric = PostgresType(oid: 1700)
    public static let void = PostgresType(oid: 2278)
    public static let uuid = PostgresType(oid: 2950)
    public static let jsonb = PostgresType(oid: 3802)
    public static let int4range = PostgresType(oid: 3904)
    public static let int8range = PostgresType(oid: 3926)

    public static let xid = PostgresType(oid: 28)
    public static let cid = PostgresType(oid: 29)
    public static let cidr = PostgresType(oid: 650)
    public static let macaddr8 = PostgresType(oid: 774)
    public static let macaddr = PostgresType(oid: 829)
    public static let inet = PostgresType(oid: 869)
    public static let time = PostgresType(oid: 1083)
    public static let timetz = PostgresType(oid: 1266)
    public static let bit = PostgresType(oid: 1560)
    public static let varbit = PostgresType(oid: 1562)
    public static let lsn = PostgresType(oid: 3220)
    public static let numrange = PostgresType(oid: 3906)
    public static let tsrange = PostgresType(oid: 3908)
    public static let tstzrange = PostgresType(oid: 3910)
    public static let daterange = PostgresType(oid: 3912)

    public static let boolArray = PostgresType(oid: 1000)
    public static let byteaArray = PostgresType(oid: 1001)
    public static let int2Array = PostgresType(oid: 1005)
    public static let int4Array = PostgresType(oid: 1007)
    public static let textArray = PostgresType(oid: 1009)
    public static let int8Array = PostgresType(oid: 1016)
    public static let float4Array = PostgresType(oid: 1021)
    public static let float8Array = PostgresType(oid: 1022)
    public static let timestampArray = PostgresType(oid: 1115)
    public static let dateArray = PostgresType(oid: 1182)
    public static let intervalArray = PostgresType(oid: 1187)
    public static let int4rangeArray = PostgresType(oid: 3905)
    public static let int8rangeArray = PostgresType(oid: 3927)
    public static let timestamptzArray = PostgresType(oid: 1185)
    public static let numericArray = PostgresType(oid: 1231)
    public static let uuidArray = PostgresType(oid: 2951)
    public static let jsonbArray = PostgresType(oid: 3807)
}
