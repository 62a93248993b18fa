using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skytale.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class AdminsAndAudit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "admins",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    secret_hash = table.Column<string>(type: "text", nullable: false),
                    created_at_ms = table.Column<long>(type: "bigint", nullable: false),
                    revoked_at_ms = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_admins", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    at_ms = table.Column<long>(type: "bigint", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    act = table.Column<string>(type: "text", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    request_id = table.Column<string>(type: "text", nullable: true),
                    hash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit", x => x.seq);
                });

            // The audit log is only ever put to at its end, whoever writes to the database with the server's own rights.
            migrationBuilder.Sql("""
                CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'the audit log takes entries at its end and no other change';
                END $$;
                CREATE FUNCTION refuse_gap_in_audit() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit) THEN
                        RAISE EXCEPTION 'the audit log takes entries at its end and no other change';
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER audit_at_its_end BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION refuse_gap_in_audit();
                CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "admins");

            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.Sql("DROP FUNCTION refuse_change_of_audit(); DROP FUNCTION refuse_gap_in_audit();");
        }
    }
}
