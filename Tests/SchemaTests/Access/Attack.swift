import Testing

/// Something that must not work, and its twin: what the same identity, or `twinIdentity`, may do in almost the same words.
/// Were the twin refused too, the attack's refusal would prove nothing.
struct Attack: CustomTestStringConvertible {
    let name: String
    let identity: Identity
    let sql: String
    let twin: String
    let twinIdentity: Identity

    init(_ name: String, _ identity: Identity, _ sql: String, twin: String, by twinIdentity: Identity? = nil) {
        self.name = name
        self.identity = identity
        self.sql = sql
        self.twin = twin
        self.twinIdentity = twinIdentity ?? identity
    }

    var testDescription: String { name }
}
