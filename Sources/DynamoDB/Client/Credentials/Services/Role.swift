/// A role to take on.
struct Role: Sendable, Hashable {
    let arn: String
    var session: String?
    var externalID: String?
    /// How long the credentials last, in seconds: 900 to 43,200; nil for the hour that is AWS's default.
    var seconds: String?
}
