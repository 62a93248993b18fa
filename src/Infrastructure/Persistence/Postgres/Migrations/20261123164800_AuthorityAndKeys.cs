using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skytale.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class AuthorityAndKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_agents_account_id_name",
                table: "agents");

            migrationBuilder.AddColumn<long>(
                name: "last_used_at_ms",
                table: "api_keys",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "revoked_at_ms",
                table: "api_keys",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "scopes",
                table: "api_keys",
                type: "text",
                nullable: false,
                defaultValue: "*:*");

            migrationBuilder.AddColumn<long>(
                name: "revoked_at_ms",
                table: "agents",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "closed_at_ms",
                table: "accounts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "suspended_at_ms",
                table: "accounts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "token_generation",
                table: "accounts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "made_once",
                columns: table => new
                {
                    owner = table.Column<string>(type: "text", nullable: false),
                    key_hash = table.Column<string>(type: "text", nullable: false),
                    fingerprint = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    at_ms = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_made_once", x => new { x.owner, x.key_hash });
                });

            migrationBuilder.CreateTable(
                name: "token_keys",
                columns: table => new
                {
                    kid = table.Column<string>(type: "text", nullable: false),
                    x = table.Column<string>(type: "text", nullable: false),
                    y = table.Column<string>(type: "text", nullable: false),
                    created_at_ms = table.Column<long>(type: "bigint", nullable: false),
                    ends_at_ms = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_token_keys", x => x.kid);
                });

            migrationBuilder.CreateIndex(
                name: "ux_agents_account_id_name",
                table: "agents",
                columns: new[] { "account_id", "name" },
                unique: true,
                filter: "revoked_at_ms IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_made_once_at_ms",
                table: "made_once",
                column: "at_ms");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "made_once");

            migrationBuilder.DropTable(
                name: "token_keys");

            migrationBuilder.DropIndex(
                name: "ux_agents_account_id_name",
                table: "agents");

            migrationBuilder.DropColumn(
                name: "last_used_at_ms",
                table: "api_keys");

            migrationBuilder.DropColumn(
                name: "revoked_at_ms",
                table: "api_keys");

            migrationBuilder.DropColumn(
                name: "scopes",
                table: "api_keys");

            migrationBuilder.DropColumn(
                name: "revoked_at_ms",
                table: "agents");

            migrationBuilder.DropColumn(
                name: "closed_at_ms",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "suspended_at_ms",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "token_generation",
                table: "accounts");

            migrationBuilder.CreateIndex(
                name: "ux_agents_account_id_name",
                table: "agents",
                columns: new[] { "account_id", "name" },
                unique: true);
        }
    }
}
